package org.bagnetlab.vision.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.architecture.Blueprint;

/** What a person should know about weights that fit a network. */
final class FitNotes {

  private FitNotes() {}

  static List<String> of(NamedTensors tensors, Blueprint blueprint) {
    List<String> notes = new ArrayList<>();
    tensors
        .translated()
        .ifPresent(
            entry -> {
              notes.add(
                  "Names were translated, for example %s to %s."
                      .formatted(entry.getValue().fileName(), entry.getKey()));
              if (blueprint.name().equals("resnet50")) {
                notes.add(
                    "These are torchvision's names, and torchvision's ResNet-50 is v1.5: its logits"
                        + " differ from v1's with the same weights. Take %s, unless this is v1."
                            .formatted(NetworkMatch.TORCHVISION_RESNET));
              }
            });
    converted(tensors)
        .forEach(
            (dtype, count) ->
                notes.add("%d tensors of %s are used as float32.".formatted(count, dtype)));
    return List.copyOf(notes);
  }

  private static Map<String, Integer> converted(NamedTensors tensors) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (NamedTensors.Entry entry : tensors.tensors().values()) {
      counts.merge(entry.tensor().dtype(), 1, Integer::sum);
    }
    counts.remove(ElementType.FLOAT32.label());
    return counts;
  }
}
