package org.bagnetlab.server.dataset;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.bagnetlab.experiment.train.AugmentationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * A picture of a training's first images as its network sees them.
 *
 * @param spec the settings of the training
 * @param dataset its data set
 */
public record TrainingSheet(TrainSpec spec, SceneDataset dataset) {

  /** The version of the drawing: another process may be of a release that draws differently. */
  private static final String PROCESS = UUID.randomUUID().toString();

  /**
   * A checksum of all that decides the picture. While a process runs, sheets with equal tags have
   * equal pictures.
   */
  public String tag() {
    List<Object> decisive =
        List.of(
            PROCESS,
            dataset.checksum(),
            spec.seed(),
            spec.find(TrainExperiment.TRAIN_IMAGES),
            spec.imageSize(),
            spec.get(TrainExperiment.BATCH_SIZE),
            AugmentationParameters.strengths(spec));
    return Sha256.of(decisive.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Draws the picture, encoded as PNG. Takes up to seconds if images are large.
   *
   * @throws org.bagnetlab.vision.dataset.split.SplitImpossible if a class has too few images
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  public byte[] png() {
    TrainingImages images = TrainingImages.of(spec, dataset);
    return ContactSheet.png(images.first(ContactSheet.IMAGES), images.side());
  }
}
