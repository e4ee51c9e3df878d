package org.bagnetlab.vision.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Twin;

/** Writes notes for users about weights that fit a network. */
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
              blueprint
                  .twin()
                  .filter(Twin::hasOtherNames)
                  .map(twin -> Architectures.named(twin.name()))
                  .ifPresent(twin -> notes.add(note(blueprint, twin)));
            });
    converted(tensors)
        .forEach(
            (dtype, count) ->
                notes.add(
                    "%d tensors of type %s were converted to float32.".formatted(count, dtype)));
    return List.copyOf(notes);
  }

  private static String note(Blueprint blueprint, Blueprint twin) {
    return "The tensor names are those of the published %s, whose logits differ from %s's with the same weights. Use %s, unless this is %s."
        .formatted(twin.label(), blueprint.label(), twin.name(), blueprint.name());
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
