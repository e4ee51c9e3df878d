package org.bagnetlab.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.AugmentationParameters;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.training.TrainingInput;

/**
 * The images that a training learns from, and how it changes them.
 *
 * @param dataset the data set
 * @param images the training images of its split
 * @param side side of the images in pixels
 * @param plan the plan of the training's input
 */
public record TrainingImages(
    SceneDataset dataset, List<SceneImage> images, int side, TrainingInput.Plan plan) {

  /**
   * The settings of a requested training. The request may be incomplete: of the values without a
   * default, the images depend only on the data set.
   *
   * @throws InvalidSpec if there is no data set, or a value is not allowed
   */
  public static TrainSpec requested(JobSpecReader reader, JsonNode request) {
    JobSpecReader.Draft draft = reader.draft(new TrainExperiment(), request);
    draft.problems().stream()
        .filter(
            problem ->
                request.has(problem.field())
                    || problem.field().equals(TrainExperiment.DATASET.name()))
        .findFirst()
        .ifPresent(
            problem -> {
              throw problem;
            });
    return new TrainSpec(draft.settings());
  }

  /**
   * The images of a training. Its network and its other settings need not be known.
   *
   * @param dataset the training's data set
   * @throws org.bagnetlab.vision.dataset.split.SplitImpossible if a class has too few images
   */
  public static TrainingImages of(TrainSpec spec, SceneDataset dataset) {
    // Leaving out duplicates changes only the validation and test images.
    Split split = Split.of(dataset, spec.seed()).learning(spec.find(TrainExperiment.TRAIN_IMAGES));
    TrainingInput.Plan plan =
        TrainingInput.Plan.of(
            spec.get(TrainExperiment.BATCH_SIZE),
            spec.seed(),
            AugmentationParameters.strengths(spec),
            spec.get(OptimisationParameters.LABEL_SMOOTHING),
            dataset.classes().size());
    return new TrainingImages(dataset, split.train(), spec.imageSize(), plan);
  }

  /**
   * The first images of the first epoch, as the network sees them.
   *
   * @param count number of images; an epoch may have fewer
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  public List<Pixels> first(int count) {
    return TrainingInput.first(dataset, images, side, plan, count);
  }
}
