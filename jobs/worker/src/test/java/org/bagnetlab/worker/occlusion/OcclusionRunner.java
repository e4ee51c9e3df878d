package org.bagnetlab.worker.occlusion;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.occlusion.OcclusionExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network while more and more tiles of each image are masked. */
public final class OcclusionRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec);
    run.start(spec, subject.workload(0, images.count()));
    int[] correct = correct(spec, run, subject, images);
    ImageOutputs outputs = subject.outputs(run, spec);
    for (int masked = 0; masked < correct.length; masked++) {
      outputs.value(
          OcclusionExperiment.ACCURACY,
          Map.of(OcclusionExperiment.MASKED_TILES, masked),
          (double) correct[masked] / images.count(),
          images.count());
    }
  }

  /** So many images are recognised, by the number of masked tiles. */
  private static int[] correct(
      NetworkSpec spec, Run run, SubjectNetwork subject, LoadedImages images) {
    TileMask mask =
        new TileMask(spec.get(OcclusionExperiment.TILES), spec.get(OcclusionExperiment.SEED));
    int[] correct = new int[spec.get(OcclusionExperiment.MOST) + 1];
    IntConsumer progress = run.progress(Phase.TESTING, correct.length * images.count(), 1);
    run.eachBatch(
        images,
        Trainer.EVALUATION_BATCH,
        done -> {},
        (indices, batch) -> {
          int[][] orders =
              Arrays.stream(indices)
                  .mapToObj(index -> mask.order(images.image(index).path()))
                  .toArray(int[][]::new);
          for (int masked = 0; masked < correct.length; masked++) {
            for (int i = 0; i < indices.length && masked > 0; i++) {
              mask.apply(batch, i, orders[i][masked - 1]);
            }
            correct[masked] += correct(images, indices, subject.network().logits(batch));
            progress.accept(indices.length);
          }
        });
    return correct;
  }

  private static int correct(LoadedImages images, int[] indices, float[][] logits) {
    int correct = 0;
    for (int i = 0; i < indices.length; i++) {
      int label = images.image(indices[i]).label();
      correct += new Prediction("", label, logits[i]).predicted() == label ? 1 : 0;
    }
    return correct;
  }
}
