package org.bagnetlab.worker.weightrandomisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.weightrandomisation.WeightRandomisationExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.split.Subset;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.randomisation.CascadingRandomisation;
import org.bagnetlab.vision.randomisation.HeatmapSimilarity;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Compares a network's heatmaps with those after more and more of its weights were randomised. */
public final class WeightRandomisationRunner implements Runner<NetworkSpec> {

  /** Ranks of fewer patches are not informative. */
  private static final int FEWEST_PATCHES = 4;

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images =
          subject.loaded(
              Subset.spread(
                  subject.images(spec), spec.get(WeightRandomisationExperiment.MOST_IMAGES)));
      run.progress()
          .start(
              new WeightRandomisationExperiment().cost(spec, subject.workload(0, images.count())));
      requirePatches(subject, spec);
      new Comparison(
              spec,
              run,
              subject,
              images,
              subject.outputs(run, spec),
              new CascadingRandomisation(
                  subject.network().architecture(),
                  subject.network().weights(),
                  spec.get(WeightRandomisationExperiment.RANDOMISATION_SEED)))
          .write();
    }
    return new WorkerEvent.Succeeded();
  }

  private static void requirePatches(SubjectNetwork subject, NetworkSpec spec) {
    int side = subject.network().architecture().lastMap().height();
    if (side * side < FEWEST_PATCHES) {
      throw new InvalidJob(
          "too-few-patches",
          spec.run().isPresent() ? "run" : "imageSize",
          "Heatmaps are compared by the ranks of their patches, but an image of %d pixels has only %d patch%s of this network."
              .formatted(subject.shape().imageSize(), side * side, side == 1 ? "" : "es"));
    }
  }

  /** The comparison made by one job. */
  private record Comparison(
      NetworkSpec spec,
      Run run,
      SubjectNetwork subject,
      LoadedImages images,
      ImageOutputs outputs,
      CascadingRandomisation randomisation) {

    void write() {
      List<float[]> original = heatmaps(0);
      write(0, original, original);
      for (int randomised = 1; randomised <= randomisation.stages().size(); randomised++) {
        subject.network().load(randomisation.weights(randomised));
        write(randomised, original, heatmaps(randomised));
      }
    }

    /** The logits of each image's class over its patches. */
    private List<float[]> heatmaps(int randomised) {
      List<float[]> heatmaps = new ArrayList<>();
      int total = (1 + randomisation.stages().size()) * images.count();
      for (int from = 0; from < images.count(); from += LogitMap.BATCH) {
        run.cancellation().check();
        int[] indices =
            IntStream.range(from, Math.min(images.count(), from + LogitMap.BATCH)).toArray();
        LogitMap map = subject.network().logitMap(images.batch(indices));
        int[] labels = images.labels(indices);
        for (int i = 0; i < indices.length; i++) {
          int positions = map.height() * map.width();
          int start = (i * map.classes() + labels[i]) * positions;
          heatmaps.add(Arrays.copyOfRange(map.values(), start, start + positions));
        }
        run.progress()
            .advance(
                Phase.EXPLAINING,
                0,
                0,
                randomised * images.count() + heatmaps.size(),
                total,
                indices.length,
                1);
      }
      return heatmaps;
    }

    private void write(int randomised, List<float[]> original, List<float[]> heatmaps) {
      write(
          WeightRandomisationExperiment.SIMILARITY,
          randomised,
          HeatmapSimilarity.of(original, heatmaps));
      write(
          WeightRandomisationExperiment.MAGNITUDE_SIMILARITY,
          randomised,
          HeatmapSimilarity.ofMagnitudes(original, heatmaps));
    }

    /** Writes no value if all heatmaps are constant, because there is nothing to rank. */
    private void write(Output output, int randomised, Optional<HeatmapSimilarity> similarity) {
      similarity.ifPresent(
          found ->
              outputs.value(
                  output,
                  MeasuredSet.TEST,
                  Map.of(
                      WeightRandomisationExperiment.RANDOMISED_STAGES.name(),
                      randomised,
                      WeightRandomisationExperiment.SEED.name(),
                      spec.get(WeightRandomisationExperiment.RANDOMISATION_SEED)),
                  found.correlation(),
                  found.images()));
    }
  }
}
