package org.bagnetlab.worker.effectivefield;

import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.split.Subset;
import org.bagnetlab.vision.effectivefield.EffectiveField;
import org.bagnetlab.vision.effectivefield.GradientMagnitudes;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures the effective receptive field of a network. */
public final class EffectiveFieldRunner implements Runner<NetworkSpec> {

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images =
          subject.loaded(
              Subset.spread(subject.images(spec), spec.get(EffectiveFieldExperiment.MOST_IMAGES)));
      ImageOutputs outputs = subject.outputs(run, spec);
      run.progress()
          .start(new EffectiveFieldExperiment().cost(spec, subject.workload(0, images.count())));
      Architecture architecture = subject.network().architecture();
      Position centre = Position.centre(architecture.lastMap());
      SeenPatch patch = SeenPatch.of(architecture, centre);
      EffectiveField field = field(patch, magnitudes(run, subject, images, centre), spec);
      writeNumbers(outputs, field, images.count());
      outputs.map(EffectiveFieldExperiment.MAP, field.map(), Picture.of(field.map(), patch));
    }
    return new WorkerEvent.Succeeded();
  }

  /**
   * Uses batches of the training's size, whose backward pass is known to fit into memory, or of the
   * size used to fine-tune imported networks.
   */
  private static GradientMagnitudes magnitudes(
      Run run, SubjectNetwork subject, LoadedImages images, Position centre) {
    GradientMagnitudes magnitudes = new GradientMagnitudes(subject.shape().imageSize());
    int size =
        subject
            .training()
            .map(training -> training.get(TrainExperiment.BATCH_SIZE))
            .orElseGet(Recipe.REPORT::batchSize);
    for (int from = 0; from < images.count(); from += size) {
      run.cancellation().check();
      int to = Math.min(images.count(), from + size);
      int[] indices = IntStream.range(from, to).toArray();
      Batch batch = images.batch(indices);
      magnitudes.add(batch, subject.network().inputGradient(batch, images.labels(indices), centre));
      run.progress()
          .advance(Phase.TESTING, 0, 0, to, images.count(), indices.length, Workload.TRAINING_COST);
    }
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
      write(
          outputs,
          EffectiveFieldExperiment.EFFECTIVE_RADIUS,
          Map.of(EffectiveFieldExperiment.SHARE.name(), share),
          field.radius(share),
          images);
    }
    write(outputs, EffectiveFieldExperiment.EFFECTIVE_SIDE, Map.of(), field.side(), images);
    write(outputs, EffectiveFieldExperiment.OUTSIDE, Map.of(), field.outside(), images);
    for (int distance = 0; distance <= Math.ceil(field.reach()); distance++) {
      write(
          outputs,
          EffectiveFieldExperiment.BY_DISTANCE,
          Map.of(EffectiveFieldExperiment.DISTANCE.name(), distance),
          field.within(distance),
          images);
    }
  }

  private static void write(
      ImageOutputs outputs, Output output, Map<String, ?> axes, double value, int images) {
    outputs.value(output, MeasuredSet.TEST, axes, value, images);
  }
}
