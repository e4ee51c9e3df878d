package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By what networks are compared image by image. */
public enum Measure {
  /** Recognising test images. */
  TEST {
    @Override
    public Map<String, Double> of(Outcomes outcomes) {
      return outcomes.test();
    }
  },
  /** Recognising scrambled test images. */
  SCRAMBLED {
    @Override
    public Map<String, Double> of(Outcomes outcomes) {
      return outcomes.scrambled();
    }
  },
  /** What scrambling costs: recognising a test image that is not recognised scrambled. */
  SCRAMBLING_LOSS {
    @Override
    public Map<String, Double> of(Outcomes outcomes) {
      Map<String, Double> loss = new LinkedHashMap<>();
      outcomes
          .test()
          .forEach(
              (image, whole) ->
                  Optional.ofNullable(outcomes.scrambled().get(image))
                      .ifPresent(scrambled -> loss.put(image, whole - scrambled)));
      return loss;
    }
  };

  /** Its value for every image that it can be computed for. */
  public abstract Map<String, Double> of(Outcomes outcomes);

  /** Its name in requests. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, in a sentence. */
  public static String names() {
    return Stream.of(values()).map(Measure::text).collect(Collectors.joining(", "));
  }

  /** The measure of this name. */
  public static Optional<Measure> find(String name) {
    return Stream.of(values()).filter(measure -> measure.text().equals(name)).findFirst();
  }
}
