package org.bagnetlab.vision.randomisation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * A part of a network between two changes of resolution, as numbered by the network's authors: the
 * stem, {@code stage 1} and so on, and the readout, which is the linear layer.
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
    String current = "stem";
    for (Tensor tensor : architecture.tensors()) {
      Matcher number = NUMBER.matcher(tensor.name());
      if (tensor.name().startsWith(classifier)) {
        current = "readout";
      } else if (number.find()) {
        current = "stage " + number.group(1);
      }
      stages.computeIfAbsent(current, any -> new ArrayList<>()).add(tensor.name());
    }
    return stages.entrySet().stream()
        .map(stage -> new Stage(stage.getKey(), stage.getValue()))
        .toList();
  }
}
