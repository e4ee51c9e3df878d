package org.bagnetlab.worker.masking;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/**
 * The images of a job, one after another, with their tiles ranked.
 *
 * @param run the job's
 * @param subject the network that ranks the tiles
 * @param images to rank
 * @param tile side of the tiles in pixels
 * @param orderSeed decides the random order of each image's tiles
 */
public record RankedImages(
    Run run, SubjectNetwork subject, LoadedImages images, int tile, long orderSeed) {

  /** Limits the images of a batch, because maps have many values for each. */
  private static final int MOST_AT_A_TIME = 16;

  /**
   * Passes on every image. Reports progress, and leaves the job if it should stop.
   *
   * @param work of all images, in forward passes
   */
  public void forEach(double work, Consumer<RankedImage> measure) {
    run.progress().start(work);
    MaskGrid tiles = MaskGrid.tiles(subject.shape().imageSize(), tile);
    TileRankings rankings = new TileRankings(subject.network(), tiles, orderSeed);
    MaskedCopies network = new MaskedCopies(subject.network()::logits, Trainer.EVALUATION_BATCH);
    int size = batchSize();
    for (int from = 0; from < images.count(); from += size) {
      run.cancellation().check();
      int[] indices = IntStream.range(from, Math.min(images.count(), from + size)).toArray();
      Batch batch = images.batch(indices);
      List<Prediction> clean = predictions(indices, subject.network().logits(batch));
      List<Map<SaliencyMethod, RankedTiles>> ranked =
          rankings.of(
              batch,
              clean.stream().mapToInt(Prediction::predicted).toArray(),
              clean.stream().map(Prediction::path).toList());
      for (int i = 0; i < indices.length; i++) {
        run.cancellation().check();
        measure.accept(new RankedImage(clean.get(i), ranked.get(i), batch, i, network));
        run.progress()
            .advance(Phase.TESTING, 0, 0, indices[i] + 1, images.count(), 1, work / images.count());
      }
    }
  }

  /**
   * At most the size of the training's batches, whose backward pass is known to fit into memory, or
   * of those used to fine-tune imported networks.
   */
  private int batchSize() {
    return Math.min(
        MOST_AT_A_TIME,
        subject
            .training()
            .map(training -> training.get(TrainExperiment.BATCH_SIZE))
            .orElseGet(Recipe.REPORT::batchSize));
  }

  private List<Prediction> predictions(int[] indices, float[][] logits) {
    return Arrays.stream(indices)
        .mapToObj(
            index ->
                new Prediction(
                    images.image(index).path(),
                    images.image(index).label(),
                    logits[index - indices[0]]))
        .toList();
  }

  /** The methods that rank the tiles. */
  public List<SaliencyMethod> methods() {
    return SaliencyMethod.of(subject.network().architecture().localReceptiveField().isPresent());
  }
}
