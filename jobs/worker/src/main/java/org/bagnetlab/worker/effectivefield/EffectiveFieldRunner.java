package org.bagnetlab.worker.effectivefield;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.effectivefield.EffectiveField;
import org.bagnetlab.vision.effectivefield.GradientMagnitudes;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.TrainedNetwork;

/** Measures the effective receptive field of the network of an earlier run. */
public final class EffectiveFieldRunner implements Runner<EffectiveFieldSpec> {

  @Override
  public WorkerEvent.End run(EffectiveFieldSpec spec, Run run) throws IOException {
    try (TrainedNetwork trained = run.trained()) {
      LoadedImages images =
          LoadedImages.of(
                  trained.dataset(),
                  List.of(spread(trained.split().test(), spec.images())),
                  trained.training().imageSize())
              .get(0);
      run.progress().start(new EffectiveFieldExperiment().cost(spec, trained.workload()));
      Architecture architecture = trained.network().architecture();
      Position centre = Position.centre(architecture.lastMap());
      SeenPatch patch = SeenPatch.of(architecture, centre);
      EffectiveField field = field(patch, magnitudes(run, trained, images, centre), spec);
      writeNumbers(run, field, images.count());
      writeMap(run, field, patch);
    }
    return new WorkerEvent.Succeeded();
  }

  /** So many of the images, or all, evenly spaced: they are in the order of their classes. */
  private static List<SceneImage> spread(List<SceneImage> images, int most) {
    int count = Math.min(most, images.size());
    return IntStream.range(0, count).mapToObj(i -> images.get(i * images.size() / count)).toList();
  }

  /** In batches of the training's size, whose backward pass is known to fit into memory. */
  private static GradientMagnitudes magnitudes(
      Run run, TrainedNetwork trained, LoadedImages images, Position centre) {
    GradientMagnitudes magnitudes = new GradientMagnitudes(trained.training().imageSize());
    int size = trained.training().batchSize();
    for (int from = 0; from < images.count(); from += size) {
      run.cancellation().check();
      int to = Math.min(images.count(), from + size);
      int[] indices = IntStream.range(from, to).toArray();
      Batch batch = images.batch(indices);
      magnitudes.add(batch, trained.network().inputGradient(batch, images.labels(indices), centre));
      run.progress()
          .advance(Phase.TESTING, 0, 0, to, images.count(), indices.length, Workload.TRAINING_COST);
    }
    return magnitudes;
  }

  private static EffectiveField field(
      SeenPatch patch, GradientMagnitudes magnitudes, EffectiveFieldSpec spec) {
    try {
      return EffectiveField.of(patch, magnitudes);
    } catch (ArithmeticException e) {
      throw new InvalidJob(
          "no-gradient",
          "run",
          "The network of run %d has no effective receptive field: %s."
              .formatted(spec.run(), e.getMessage()));
    }
  }

  private static void writeNumbers(Run run, EffectiveField field, int images) {
    for (double share : EffectiveFieldExperiment.SHARES) {
      write(
          run,
          EffectiveFieldExperiment.EFFECTIVE_RADIUS,
          Map.of(EffectiveFieldExperiment.SHARE.name(), share),
          field.radius(share),
          images);
    }
    write(run, EffectiveFieldExperiment.EFFECTIVE_SIDE, Map.of(), field.side(), images);
    write(run, EffectiveFieldExperiment.OUTSIDE, Map.of(), field.outside(), images);
    for (int distance = 0; distance <= Math.ceil(field.reach()); distance++) {
      write(
          run,
          EffectiveFieldExperiment.BY_DISTANCE,
          Map.of(EffectiveFieldExperiment.DISTANCE.name(), distance),
          field.within(distance),
          images);
    }
  }

  private static void write(Run run, Output output, Map<String, ?> axes, double value, int images) {
    run.outputs().value(output, MeasuredSet.TEST, axes, value, images);
  }

  private static void writeMap(Run run, EffectiveField field, SeenPatch patch) throws IOException {
    Heatmap map = field.map();
    run.outputs()
        .map(
            EffectiveFieldExperiment.MAP,
            ArtifactKind.PICTURE,
            EffectiveFieldExperiment.MAP.name(),
            map,
            Picture.of(map, patch),
            Map.of(),
            Optional.empty());
  }
}
