package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a network in a checkpoint of this project, where known. Files written by earlier
 * versions do not contain it.
 *
 * @param width multiplier of the channel counts
 * @param imageSize side of the images it was trained on
 * @param classNames names of the classes in the order of the logits
 */
public record NetworkFacts(
    Optional<Double> width, Optional<Integer> imageSize, Optional<List<String>> classNames) {

  private static final String WIDTH = "width";
  private static final String IMAGE_SIZE = "imageSize";
  private static final String CLASS_NAMES = "classNames";

  private static final String CLASSES = "classes";
  private static final int LONGEST_CLASS_NAME = 100;

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The facts about a network that was trained by this project. */
  public static NetworkFacts trained(double width, int imageSize, List<String> classNames) {
    return new NetworkFacts(Optional.of(width), Optional.of(imageSize), Optional.of(classNames));
  }

  /** No facts, as for a file written by another program. */
  public static NetworkFacts unknown() {
    return new NetworkFacts(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Parses a checkpoint's facts, ignoring invalid values, such as a list of class names whose
   * length differs from the number of classes. Names are made printable.
   */
  public static NetworkFacts in(Map<String, String> facts) {
    return new NetworkFacts(
        value(facts, WIDTH, Double.class).filter(WidthFactor::possible),
        value(facts, IMAGE_SIZE, Integer.class).filter(size -> size > 0),
        classNames(facts));
  }

  /** These facts, without class names if there are not as many as classes. */
  public NetworkFacts ofClasses(int classes) {
    return new NetworkFacts(width, imageSize, classNames.filter(names -> names.size() == classes));
  }

  /** Appends these facts to other facts of a {@link Checkpoint}. */
  public Map<String, String> after(Map<String, String> others) {
    Map<String, String> facts = new LinkedHashMap<>(others);
    width.ifPresent(value -> facts.put(WIDTH, String.valueOf(value)));
    imageSize.ifPresent(value -> facts.put(IMAGE_SIZE, String.valueOf(value)));
    classNames.ifPresent(names -> facts.put(CLASS_NAMES, MAPPER.valueToTree(names).toString()));
    return facts;
  }

  private static <T> Optional<T> value(Map<String, String> facts, String name, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(facts.getOrDefault(name, "null"), type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> classNames(Map<String, String> facts) {
    try {
      List<@Nullable String> names =
          MAPPER.readValue(
              facts.getOrDefault(CLASS_NAMES, "[]"),
              new TypeReference<List<@Nullable String>>() {});
      return names != null
              && !names.isEmpty()
              && String.valueOf(names.size()).equals(facts.get(CLASSES))
          ? Optional.of(
              names.stream()
                  .map(name -> CheckpointFile.printable(String.valueOf(name), LONGEST_CLASS_NAME))
                  .toList())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
