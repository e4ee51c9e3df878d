package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bagnetlab.vision.staging.Unprintable;

/**
 * Why a text is not valid YAML, for the user.
 *
 * @param line line number, from 1
 * @param words the error
 */
public record YamlMistake(int line, String words) {

  /** The words may quote the file. */
  public YamlMistake {
    words = Unprintable.line(words);
  }

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");
  private static final Pattern PLACE = Pattern.compile(", line (\\d+), column \\d+");

  /**
   * What the reader of YAML found. It names the beginning of what it read first, then the mistake.
   */
  public static YamlMistake of(JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    int line =
        PLACE
            .matcher(message)
            .results()
            .mapToInt((MatchResult place) -> Integer.parseInt(place.group(1)))
            .reduce((earlier, later) -> later)
            .orElse(failure.getLocation() == null ? 1 : failure.getLocation().getLineNr());
    Matcher twice = TWICE.matcher(message.lines().findFirst().orElse(""));
    if (twice.matches()) {
      return new YamlMistake(line, "'%s' appears twice".formatted(twice.group(1)));
    }
    // The message quotes the invalid lines, indented.
    String words =
        message
            .lines()
            .filter(text -> !text.isBlank() && !text.startsWith(" "))
            .limit(2)
            .collect(Collectors.joining(", "));
    return new YamlMistake(line, "invalid YAML: " + words);
  }
}
