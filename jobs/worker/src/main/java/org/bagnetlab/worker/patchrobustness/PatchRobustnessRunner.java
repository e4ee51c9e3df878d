package org.bagnetlab.worker.patchrobustness;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Patches;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.patchrobustness.RobustMasking;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Counts the images that are recognised with masked evidence, and those that are certified. */
public final class PatchRobustnessRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec);
    run.start(spec, subject.workload(0, images.count()));
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

  private static Patches patches(SubjectNetwork subject) {
    ArchitectureDescription description =
        ArchitectureDescription.of(subject.network().architecture());
    return new Patches(
        description.receptiveField().orElseThrow(),
        description.outputStride(),
        subject.shape().imageSize());
  }

  /** Counts the images, and returns how many are recognised without masking. */
  private static int count(
      Run run, SubjectNetwork subject, LoadedImages images, List<Counts> counts) {
    int[] undefended = {0};
    run.eachBatch(
        images,
        LogitMap.BATCH,
        run.progress(Phase.TESTING, images.count(), 1),
        (indices, batch) -> {
          LogitMap map = subject.network().logitMap(batch);
          int[] labels = images.labels(indices);
          for (int i = 0; i < indices.length; i++) {
            undefended[0] += byMean(map, i) == labels[i] ? 1 : 0;
            for (Counts each : counts) {
              each.add(map, i, labels[i]);
            }
          }
        });
    return undefended[0];
  }

  /** The class with the largest mean over the logit map. The mean is the image's logit. */
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
        PatchRobustnessExperiment.UNDEFENDED, Map.of(), (double) undefended / images, images);
    for (Counts each : counts) {
      Map<Axis, Integer> at = Map.of(PatchRobustnessExperiment.PATCH_SIDE, each.square);
      double masked = Math.min(each.window, mapSide);
      outputs.value(
          PatchRobustnessExperiment.DEFENDED, at, (double) each.recognised / images, images);
      outputs.value(
          PatchRobustnessExperiment.CERTIFIED, at, (double) each.certified / images, images);
      outputs.value(
          PatchRobustnessExperiment.MASKED, at, masked * masked / (mapSide * mapSide), images);
    }
  }

  /** Counts of images for one size of the adversary's square. */
  private static final class Counts {

    private final int square;
    private final int window;
    private int recognised;
    private int certified;

    /**
     * Starts all counts at 0.
     *
     * @param square side of the adversary's square in pixels
     * @param window side of the masked window in cells of the logit map
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
