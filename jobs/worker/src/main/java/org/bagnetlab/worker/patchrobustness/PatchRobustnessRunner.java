package org.bagnetlab.worker.patchrobustness;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Patches;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.patchrobustness.RobustMasking;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Counts the images recognised with masked evidence, and those that are certified. */
public final class PatchRobustnessRunner implements Runner<NetworkSpec> {

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images = subject.loaded(subject.images(spec));
      run.progress()
          .start(new PatchRobustnessExperiment().cost(spec, subject.workload(0, images.count())));
      Patches patches = patches(subject);
      List<Counts> counts =
          spec.get(PatchRobustnessExperiment.PATCH_SIDES).values().stream()
              .map(
                  side ->
                      new Counts(
                          side, RobustMasking.windowSide(side, patches.field(), patches.stride())))
              .toList();
      int undefended = count(run, subject, images, counts);
      write(subject.outputs(run, spec), counts, undefended, patches.perSide(), images.count());
    }
    return new WorkerEvent.Succeeded();
  }

  private static Patches patches(SubjectNetwork subject) {
    ArchitectureDescription description =
        ArchitectureDescription.of(subject.network().architecture());
    return new Patches(
        description.receptiveField().orElseThrow(),
        description.outputStride(),
        subject.shape().imageSize());
  }

  /** Counts images, and returns how many are recognised without masking. */
  private static int count(
      Run run, SubjectNetwork subject, LoadedImages images, List<Counts> counts) {
    int undefended = 0;
    for (int from = 0; from < images.count(); from += LogitMap.BATCH) {
      run.cancellation().check();
      int to = Math.min(images.count(), from + LogitMap.BATCH);
      int[] indices = IntStream.range(from, to).toArray();
      LogitMap map = subject.network().logitMap(images.batch(indices));
      int[] labels = images.labels(indices);
      for (int i = 0; i < indices.length; i++) {
        undefended += byMean(map, i) == labels[i] ? 1 : 0;
        for (Counts each : counts) {
          each.add(map, i, labels[i]);
        }
      }
      run.progress().advance(Phase.TESTING, 0, 0, to, images.count(), indices.length, 1);
    }
    return undefended;
  }

  /** The class with the largest mean over the map; that mean is the image's logit. */
  private static int byMean(LogitMap map, int image) {
    float[] means = new float[map.classes()];
    for (int label = 0; label < means.length; label++) {
      double sum = 0;
      for (int row = 0; row < map.height(); row++) {
        for (int column = 0; column < map.width(); column++) {
          sum += map.at(image, label, row, column);
        }
      }
      means[label] = (float) (sum / (map.height() * map.width()));
    }
    return new Prediction("", 0, means).predicted();
  }

  private static void write(
      ImageOutputs outputs, List<Counts> counts, int undefended, int mapSide, int images) {
    outputs.value(
        PatchRobustnessExperiment.UNDEFENDED,
        MeasuredSet.TEST,
        Map.of(),
        (double) undefended / images,
        images);
    for (Counts each : counts) {
      int masked = Math.min(each.window, mapSide);
      write(
          outputs,
          PatchRobustnessExperiment.DEFENDED,
          each,
          (double) each.recognised / images,
          images);
      write(
          outputs,
          PatchRobustnessExperiment.CERTIFIED,
          each,
          (double) each.certified / images,
          images);
      write(
          outputs,
          PatchRobustnessExperiment.MASKED,
          each,
          (double) (masked * masked) / (mapSide * mapSide),
          images);
    }
  }

  private static void write(
      ImageOutputs outputs, Output output, Counts counts, double value, int images) {
    outputs.value(
        output,
        MeasuredSet.TEST,
        Map.of(PatchRobustnessExperiment.PATCH_SIDE.name(), counts.square),
        value,
        images);
  }

  /** Counts of images for one size of the adversary's square. */
  private static final class Counts {

    private final int square;
    private final int window;
    private int recognised;
    private int certified;

    /**
     * Starts at 0.
     *
     * @param square its side in pixels
     * @param window side of the masked window in cells
     */
    Counts(int square, int window) {
      this.square = square;
      this.window = window;
    }

    void add(LogitMap map, int image, int label) {
      RobustMasking masking = RobustMasking.of(map, image, window);
      recognised += masking.predicted() == label ? 1 : 0;
      certified += masking.certifies(label, RobustMasking.rounding(map, image)) ? 1 : 0;
    }
  }
}
