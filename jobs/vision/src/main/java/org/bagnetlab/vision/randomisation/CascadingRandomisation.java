package org.bagnetlab.vision.randomisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.InitialWeights;

/**
 * Replaces the weights of a network stage by stage with new random weights, from the output to the
 * input (Adebayo et al., Sanity checks for saliency maps, NeurIPS 2018, section 4.1). All tensors
 * of a stage, including running statistics, get newly drawn initial values.
 */
public final class CascadingRandomisation {

  /**
   * Makes the new weights differ from the initial weights of a training with the same seed, since
   * heatmaps of the trained network may still be similar to those of its initial weights.
   */
  private static final long OTHER_THAN_TRAININGS = 0x9E3779B97F4A7C15L;

  private final List<Stage> stages;
  private final Map<String, float[]> original;
  private final Map<String, float[]> drawn;

  /**
   * Draws the new weights.
   *
   * @param original original weights of the network, by tensor name
   * @param seed seed of the new weights
   */
  public CascadingRandomisation(
      Architecture architecture, Map<String, float[]> original, long seed) {
    this.stages = Stage.of(architecture);
    this.original = Map.copyOf(original);
    this.drawn = InitialWeights.of(architecture, seed ^ OTHER_THAN_TRAININGS);
  }

  /** The stages from the input to the output; the last stage is randomised first. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * The weights of the network if the given number of stages is randomised.
   *
   * @param randomised number of randomised stages, from 0 (the original network) to all stages
   */
  public Map<String, float[]> weights(int randomised) {
    Map<String, float[]> weights = new LinkedHashMap<>(original);
    for (Stage stage : stages.subList(stages.size() - randomised, stages.size())) {
      for (String tensor : stage.tensors()) {
        weights.put(tensor, Objects.requireNonNull(drawn.get(tensor)));
      }
    }
    return weights;
  }
}
