package org.bagnetlab.vision.randomisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.InitialWeights;

/**
 * A network whose stages get new weights one after another, from the output to the input (Adebayo
 * et al., Sanity checks for saliency maps, NeurIPS 2018, section 4.1). New are all tensors of a
 * stage, its running statistics, too, as they are before a training.
 */
public final class CascadingRandomisation {

  /**
   * Makes the new weights differ from the initial weights of a training with the same seed, of
   * which its heatmaps may still have something.
   */
  private static final long OTHER_THAN_TRAININGS = 0x9E3779B97F4A7C15L;

  private final List<Stage> stages;
  private final Map<String, float[]> original;
  private final Map<String, float[]> drawn;

  /**
   * Draws the new weights.
   *
   * @param original weights of the network, by tensor
   * @param seed decides the new ones
   */
  public CascadingRandomisation(
      Architecture architecture, Map<String, float[]> original, long seed) {
    this.stages = Stage.of(architecture);
    this.original = Map.copyOf(original);
    this.drawn = InitialWeights.of(architecture, seed ^ OTHER_THAN_TRAININGS);
  }

  /** The stages from the input to the output, of which the last one is the first to change. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * The weights of the network with so many stages randomised.
   *
   * @param randomised from 0, the original network, to the number of stages
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
