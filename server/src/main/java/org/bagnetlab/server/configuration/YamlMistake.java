package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bagnetlab.vision.staging.Unprintable;

/**
 * A syntax error in YAML text, described for users.
 *
 * @param line line number, from 1
 * @param message the error
 */
public record YamlMistake(int line, String message) {

  /** Makes the message printable, since it may quote the file. */
  public YamlMistake {
    message = Unprintable.line(message);
  }

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");
  private static final Pattern PLACE = Pattern.compile(", line (\\d+), column \\d+");

  /**
   * Rewords the parser's error message, which gives the start of the enclosing structure before the
   * actual error.
   */
  public static YamlMistake of(JsonProcessingException failure) {
    String original = failure.getOriginalMessage();
    int line =
        PLACE
            .matcher(original)
            .results()
            .mapToInt((MatchResult place) -> Integer.parseInt(place.group(1)))
            .reduce((earlier, later) -> later)
            .orElse(failure.getLocation() == null ? 1 : failure.getLocation().getLineNr());
    Matcher twice = TWICE.matcher(original.lines().findFirst().orElse(""));
    if (twice.matches()) {
      return new YamlMistake(line, "'%s' appears twice".formatted(twice.group(1)));
    }
    // The message quotes the invalid lines with indentation.
    String message =
        original
            .lines()
            .filter(text -> !text.isBlank() && !text.startsWith(" "))
            .limit(2)
            .collect(Collectors.joining(", "));
    return new YamlMistake(line, "invalid YAML: " + message);
  }
}
