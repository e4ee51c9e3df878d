package org.bagnetlab.worker.effectivefield;

import java.io.IOException;
import java.util.Map;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.effectivefield.EffectiveField;
import org.bagnetlab.vision.effectivefield.GradientMagnitudes;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures the effective receptive field of a network. */
public final class EffectiveFieldRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec, EffectiveFieldExperiment.MOST_IMAGES);
    ImageOutputs outputs = subject.outputs(run, spec);
    run.start(spec, subject.workload(0, images.count()));
    Architecture architecture = subject.network().architecture();
    Position centre = Position.centre(architecture.lastMap());
    SeenPatch patch = SeenPatch.of(architecture, centre);
    EffectiveField field = field(patch, magnitudes(run, subject, images, centre), spec);
    writeNumbers(outputs, field, images.count());
    outputs.map(EffectiveFieldExperiment.MAP, field.map(), Picture.of(field.map(), patch));
  }

  private static GradientMagnitudes magnitudes(
      Run run, SubjectNetwork subject, LoadedImages images, Position centre) {
    GradientMagnitudes magnitudes = new GradientMagnitudes(subject.shape().imageSize());
    run.eachBatch(
        images,
        subject.trainingBatch(),
        run.progress(Phase.TESTING, images.count(), Workload.TRAINING_COST),
        (indices, batch) ->
            magnitudes.add(
                batch, subject.network().inputGradient(batch, images.labels(indices), centre)));
    return magnitudes;
  }

  private static EffectiveField field(
      SeenPatch patch, GradientMagnitudes magnitudes, NetworkSpec spec) {
    try {
      return EffectiveField.of(patch, magnitudes);
    } catch (ArithmeticException e) {
      throw new InvalidJob(
          "no-gradient",
          spec.run().isPresent() ? "run" : "weights",
          "The network of %s has no effective receptive field: %s."
              .formatted(spec.network(), e.getMessage()));
    }
  }

  private static void writeNumbers(ImageOutputs outputs, EffectiveField field, int images) {
    for (double share : EffectiveFieldExperiment.SHARES) {
      outputs.value(
          EffectiveFieldExperiment.EFFECTIVE_RADIUS,
          Map.of(EffectiveFieldExperiment.SHARE, share),
          field.radius(share),
          images);
    }
    outputs.value(EffectiveFieldExperiment.EFFECTIVE_SIDE, Map.of(), field.side(), images);
    outputs.value(EffectiveFieldExperiment.OUTSIDE, Map.of(), field.outside(), images);
    for (int distance = 0; distance <= Math.ceil(field.reach()); distance++) {
      outputs.value(
          EffectiveFieldExperiment.BY_DISTANCE,
          Map.of(EffectiveFieldExperiment.DISTANCE, distance),
          field.within(distance),
          images);
    }
  }
}
