package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.statistics.PairedDifference;

/** The measure by which networks are compared image by image. */
public enum Measure {
  /** Whether a test image is classified correctly. */
  TEST,
  /** Whether a scrambled test image is classified correctly. */
  SCRAMBLED,
  /** The loss by scrambling: correctness on an image minus correctness on the scrambled image. */
  SCRAMBLING_LOSS;

  /** Its value for each image for which it can be computed. */
  public Map<String, Double> of(Outcomes outcomes) {
    return switch (this) {
      case TEST -> outcomes.test();
      case SCRAMBLED -> outcomes.scrambled();
      case SCRAMBLING_LOSS -> PairedDifference.ofImages(outcomes.test(), outcomes.scrambled());
    };
  }

  /** The name used in requests. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The measure in words, within a sentence. */
  public String words() {
    return switch (this) {
      case TEST -> "test accuracy";
      case SCRAMBLED -> "accuracy on scrambled images";
      case SCRAMBLING_LOSS -> "cost of scrambling";
    };
  }

  /** All names, for use in a sentence. */
  public static String names() {
    return Stream.of(values()).map(Measure::text).collect(Collectors.joining(", "));
  }

  /** The measure of this name. */
  public static Optional<Measure> find(String name) {
    return Stream.of(values()).filter(measure -> measure.text().equals(name)).findFirst();
  }
}
