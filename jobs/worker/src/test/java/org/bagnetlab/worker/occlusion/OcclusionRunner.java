package org.bagnetlab.worker.occlusion;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.occlusion.OcclusionExperiment;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network while more and more tiles of each image are masked. */
public final class OcclusionRunner implements Runner<NetworkSpec> {

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images = subject.loaded(subject.images(spec));
      run.progress()
          .start(new OcclusionExperiment().cost(spec, subject.workload(0, images.count())));
      int[] correct = correct(spec, run, subject, images);
      ImageOutputs outputs = subject.outputs(run, spec);
      for (int masked = 0; masked < correct.length; masked++) {
        outputs.value(
            OcclusionExperiment.ACCURACY,
            MeasuredSet.TEST,
            Map.of(OcclusionExperiment.MASKED_TILES.name(), masked),
            (double) correct[masked] / images.count(),
            images.count());
      }
    }
    return new WorkerEvent.Succeeded();
  }

  /** So many images are recognised, by the number of masked tiles. */
  private static int[] correct(
      NetworkSpec spec, Run run, SubjectNetwork subject, LoadedImages images) {
    TileMask mask =
        new TileMask(spec.get(OcclusionExperiment.TILES), spec.get(OcclusionExperiment.SEED));
    int[] correct = new int[spec.get(OcclusionExperiment.MOST) + 1];
    int done = 0;
    for (int from = 0; from < images.count(); from += Trainer.EVALUATION_BATCH) {
      int to = Math.min(images.count(), from + Trainer.EVALUATION_BATCH);
      int[] indices = IntStream.range(from, to).toArray();
      Batch batch = images.batch(indices);
      int[][] orders =
          Arrays.stream(indices)
              .mapToObj(index -> mask.order(images.image(index).path()))
              .toArray(int[][]::new);
      for (int masked = 0; masked < correct.length; masked++) {
        run.cancellation().check();
        for (int i = 0; i < indices.length && masked > 0; i++) {
          mask.apply(batch, i, orders[i][masked - 1]);
        }
        correct[masked] += correct(images, indices, subject.network().logits(batch));
        done += indices.length;
        run.progress()
            .advance(Phase.TESTING, 0, 0, done, correct.length * images.count(), indices.length, 1);
      }
    }
    return correct;
  }

  private static int correct(LoadedImages images, int[] indices, float[][] logits) {
    int correct = 0;
    for (int i = 0; i < indices.length; i++) {
      int label = images.image(indices[i]).label();
      correct +=
          new Prediction(images.image(indices[i]).path(), label, logits[i]).predicted() == label
              ? 1
              : 0;
    }
    return correct;
  }
}
