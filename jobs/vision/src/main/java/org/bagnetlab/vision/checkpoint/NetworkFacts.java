package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint of this project says about its network besides the tensors, as far as it is
 * known. Files of earlier versions say nothing of it.
 *
 * @param width factor on the channel counts
 * @param imageSize side of the images that it was trained on
 * @param classNames in the order of the logits
 */
public record NetworkFacts(
    Optional<Double> width, Optional<Integer> imageSize, Optional<List<String>> classNames) {

  private static final String WIDTH = "width";
  private static final String IMAGE_SIZE = "imageSize";
  private static final String CLASS_NAMES = "classNames";

  private static final JsonMapper MAPPER = new JsonMapper();

  /** All of them, of a network that was trained here. */
  public static NetworkFacts trained(double width, int imageSize, List<String> classNames) {
    return new NetworkFacts(Optional.of(width), Optional.of(imageSize), Optional.of(classNames));
  }

  /** What a checkpoint's facts say; what makes no sense is left out. */
  public static NetworkFacts in(Map<String, String> facts) {
    return new NetworkFacts(
        value(facts, WIDTH, Double.class).filter(FittedArchitecture::possible),
        value(facts, IMAGE_SIZE, Integer.class).filter(size -> size > 0),
        list(facts));
  }

  /** As facts of a {@link Checkpoint}, after some others. */
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

  private static Optional<List<String>> list(Map<String, String> facts) {
    try {
      return Optional.ofNullable(
          MAPPER.readValue(
              facts.getOrDefault(CLASS_NAMES, "null"), new TypeReference<List<String>>() {}));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
