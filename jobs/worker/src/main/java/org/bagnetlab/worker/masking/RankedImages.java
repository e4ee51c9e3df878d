package org.bagnetlab.worker.masking;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/**
 * The images of a job, one after another, with their tiles ranked.
 *
 * @param run the job's run
 * @param subject the network that ranks the tiles
 * @param images images to rank
 * @param spec the job's specification, with tiles that fit the images
 */
public record RankedImages(Run run, SubjectNetwork subject, LoadedImages images, NetworkSpec spec) {

  /** Maximum number of images in a batch, because maps have many values for each image. */
  private static final int MOST_AT_A_TIME = 16;

  /** Passes every image to the measure. Reports progress, and leaves the job if it should stop. */
  public void forEach(Consumer<RankedImage> measure) {
    IntConsumer progress = run.startByImage(spec, subject.workload(0, images.count()));
    MaskGrid tiles = MaskGrid.tiles(subject.shape().imageSize(), spec.get(MaskedImages.TILE));
    TileRankings rankings =
        new TileRankings(subject.network(), tiles, spec.get(MaskedImages.ORDER_SEED));
    MaskedCopies network = new MaskedCopies(subject.network()::logits, Trainer.EVALUATION_BATCH);
    run.eachBatch(
        images,
        Math.min(MOST_AT_A_TIME, subject.trainingBatch()),
        done -> {},
        (indices, batch) -> {
          List<Prediction> clean = predictions(indices, subject.network().logits(batch));
          List<Map<SaliencyMethod, RankedTiles>> ranked =
              rankings.of(
                  batch,
                  clean.stream().mapToInt(Prediction::predicted).toArray(),
                  clean.stream().map(Prediction::path).toList());
          for (int i = 0; i < indices.length; i++) {
            measure.accept(new RankedImage(clean.get(i), ranked.get(i), batch, i, network));
            progress.accept(1);
          }
        });
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
    return SaliencyMaps.methods(subject.network());
  }
}
