package org.bagnetlab.vision.randomisation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * A part of a network between two changes of resolution: the stem, {@code stage 1} and so on, and
 * the readout, which is the linear layer. They have the numbers of the network's authors; if these
 * have none, the first stage is that of the image's resolution, and there is no stem.
 *
 * @param name display name
 * @param tensors names of its parameters and running statistics, in the order of the checkpoint
 */
public record Stage(String name, List<String> tensors) {

  /**
   * Finds the stage's number in the tensor names of ResNets, BagNets and their variants, and in
   * those of pytorchcv.
   */
  private static final Pattern NUMBER = Pattern.compile("(?:^|\\.)(?:layer|stage)(\\d+)\\.");

  /** Copies the list. */
  public Stage {
    tensors = List.copyOf(tensors);
  }

  /**
   * The stages of a network from its input to its output. Each tensor is in exactly one stage;
   * tensors between the last stage and the readout belong to the last stage.
   */
  public static List<Stage> of(Architecture architecture) {
    String classifier = architecture.classifier().name() + ".";
    Map<String, List<String>> stages = new LinkedHashMap<>();
    boolean numbered =
        architecture.tensors().stream().anyMatch(tensor -> NUMBER.matcher(tensor.name()).find());
    String current = "stem";
    int resolutions = 0;
    int resolution = 0;
    Map<String, Shape> shapes = architecture.shapes();
    for (Node node : architecture.nodes()) {
      for (Tensor tensor : architecture.tensors(node, shapes)) {
        int height = Objects.requireNonNull(shapes.get(node.name())).height();
        resolutions += height == resolution ? 0 : 1;
        resolution = height;
        Matcher number = NUMBER.matcher(tensor.name());
        if (tensor.name().startsWith(classifier)) {
          current = "readout";
        } else if (!numbered) {
          current = "stage " + resolutions;
        } else if (number.find()) {
          current = "stage " + number.group(1);
        }
        stages.computeIfAbsent(current, any -> new ArrayList<>()).add(tensor.name());
      }
    }
    return stages.entrySet().stream()
        .map(stage -> new Stage(stage.getKey(), stage.getValue()))
        .toList();
  }
}
