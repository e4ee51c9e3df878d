package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** What a job is to do, complete: every choice that its result depends on has a value. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobSpec.Train.class, name = "train"),
  @JsonSubTypes.Type(value = JobSpec.Evaluate.class, name = "evaluate"),
  @JsonSubTypes.Type(value = JobSpec.Heatmap.class, name = "heatmap"),
})
public sealed interface JobSpec {

  /** The names of all kinds in JSON. */
  List<String> KINDS = List.of("train", "evaluate", "heatmap");

  /** The kind's name in JSON. */
  String kind();

  /**
   * Trains a network, measures it on validation, test and scrambled test images, and draws heatmaps
   * where the network has a local receptive field.
   *
   * @param architecture a registered name, for example {@code bagnet33}
   * @param dataset a built-in or imported data set
   * @param imageSize side of the square input in pixels, a multiple of {@link
   *     #SCRAMBLE_TILES_A_SIDE}
   * @param width factor on every internal channel count, above 0
   * @param recipe how to optimise
   * @param epochs passes over the training images, at most
   * @param batchSize images a step
   * @param learningRate the optimiser's rate at the start of the schedule, above 0
   * @param seed decides the split, the initial weights, the order of images and the scrambling
   * @param heatmapStride distance in pixels between the patches of the heatmaps: 1, 2, 4 or 8
   * @param weights imported weights that the network starts from; empty: random ones
   */
  record Train(
      String architecture,
      String dataset,
      int imageSize,
      double width,
      Recipe recipe,
      int epochs,
      int batchSize,
      double learningRate,
      long seed,
      int heatmapStride,
      Optional<StartingWeights> weights)
      implements JobSpec {

    private static final String FROM_SCRATCH = "from scratch";

    /** How the network began, as every result shows it. */
    public String regime() {
      return weights.map(StartingWeights::regime).orElse(FROM_SCRATCH);
    }

    @Override
    public String kind() {
      return "train";
    }
  }

  /**
   * Measures the network of an earlier run again, with another scrambling.
   *
   * @param run the train job whose best checkpoint is measured
   * @param scrambleSeed decides the permutation of each image's tiles
   */
  record Evaluate(long run, long scrambleSeed) implements JobSpec {

    @Override
    public String kind() {
      return "evaluate";
    }
  }

  /**
   * Draws a test image's heatmap with the network of an earlier run.
   *
   * @param run the train job whose best checkpoint explains
   * @param image the image's path in the run's data set; empty: the first test image
   * @param label the class whose logits are drawn; empty: the predicted one
   * @param stride distance in pixels between patches: 1, 2, 4 or 8
   */
  record Heatmap(long run, Optional<String> image, Optional<String> label, int stride)
      implements JobSpec {

    @Override
    public String kind() {
      return "heatmap";
    }
  }

  /** The report scrambles 16 tiles: 4 rows of 4. */
  int SCRAMBLE_TILES_A_SIDE = 4;
}
