package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration in a readable form: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 12h}, {@code 30d}.
 *
 * @param duration the duration
 */
public record Span(Duration duration) {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  /** Parses a duration. */
  @JsonCreator
  public static Span of(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "a duration must be a number with ms, s, m, h or d, such as 90s, but is '%s'"
              .formatted(text));
    }
    long number = Long.parseLong(written.group(1));
    return new Span(
        switch (written.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
