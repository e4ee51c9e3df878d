package org.bagnetlab.worker.weightrandomisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.weightrandomisation.WeightRandomisationExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.randomisation.CascadingRandomisation;
import org.bagnetlab.vision.randomisation.HeatmapSimilarity;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/**
 * Compares a network's heatmaps with those of copies in which more and more of its weights are
 * randomised.
 */
public final class WeightRandomisationRunner implements NetworkRunner {

  /** Minimum number of patches of a comparison: ranks of fewer patches are not informative. */
  private static final int FEWEST_PATCHES = 4;

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec, WeightRandomisationExperiment.MOST_IMAGES);
    run.start(spec, subject.workload(0, images.count()));
    requirePatches(subject, spec);
    CascadingRandomisation randomisation =
        new CascadingRandomisation(
            subject.network().architecture(),
            subject.network().weights(),
            spec.get(WeightRandomisationExperiment.RANDOMISATION_SEED));
    new Comparison(
            spec,
            run,
            subject,
            images,
            subject.outputs(run, spec),
            randomisation,
            run.progress(Phase.EXPLAINING, (1 + randomisation.stages().size()) * images.count(), 1))
        .write();
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
      CascadingRandomisation randomisation,
      IntConsumer progress) {

    void write() {
      List<float[]> original = heatmaps();
      write(0, original, original);
      for (int randomised = 1; randomised <= randomisation.stages().size(); randomised++) {
        subject.network().load(randomisation.weights(randomised));
        write(randomised, original, heatmaps());
      }
    }

    /** For each image, the logits of its class over its patches. */
    private List<float[]> heatmaps() {
      List<float[]> heatmaps = new ArrayList<>();
      run.eachBatch(
          images,
          LogitMap.BATCH,
          progress,
          (indices, batch) -> {
            LogitMap map = subject.network().logitMap(batch);
            int[] labels = images.labels(indices);
            for (int i = 0; i < indices.length; i++) {
              int positions = map.height() * map.width();
              int start = (i * map.classes() + labels[i]) * positions;
              heatmaps.add(Arrays.copyOfRange(map.values(), start, start + positions));
            }
          });
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

    /**
     * Writes the similarity. There is no value if all heatmaps are constant, because there is
     * nothing to rank.
     */
    private void write(Output output, int randomised, Optional<HeatmapSimilarity> similarity) {
      similarity.ifPresent(
          found ->
              outputs.value(
                  output,
                  Map.of(
                      WeightRandomisationExperiment.RANDOMISED_STAGES,
                      randomised,
                      WeightRandomisationExperiment.SEED,
                      spec.get(WeightRandomisationExperiment.RANDOMISATION_SEED)),
                  found.correlation(),
                  found.images()));
    }
  }
}
