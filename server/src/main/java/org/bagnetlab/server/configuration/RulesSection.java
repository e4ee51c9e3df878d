package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.queue.rule.FlatRule;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.rule.RuleAction;

/**
 * The section about running jobs that are reported or stopped.
 *
 * @param idle about jobs that hardly use their device
 * @param flat about trainings that do not learn
 */
public record RulesSection(Optional<Idle> idle, Optional<Flat> flat) {

  /**
   * A rule about jobs that hardly use their device.
   *
   * @param below share of the device: {@code 10%}
   * @param lasting for how long
   * @param action {@code report} or {@code stop}
   */
  public record Idle(
      Optional<String> below,
      @JsonProperty("for") Optional<Span> lasting,
      @JsonProperty("do") Optional<String> action) {

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");
    private static final String BELOW = "10%";
    private static final Duration LASTING = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Checks the values. */
    public Idle {
      var _ = share(below);
      var _ = chosen(action);
      if (lasting.filter(span -> span.duration().compareTo(SHORTEST) < 0).isPresent()) {
        throw new IllegalArgumentException("for must be 1m or more");
      }
    }

    private static double share(Optional<String> below) {
      String text = below.orElse(BELOW);
      Matcher percent = PERCENT.matcher(text.strip());
      double share = percent.matches() ? Double.parseDouble(percent.group(1)) / 100 : 0;
      if (share <= 0 || share > 1) {
        throw new IllegalArgumentException(
            "below must be a share of the device such as 10%%, but is '%s'".formatted(text));
      }
      return share;
    }

    private IdleRule rule() {
      return new IdleRule(
          share(below), lasting.map(Span::duration).orElse(LASTING), chosen(action));
    }
  }

  /**
   * A rule about trainings that do not learn.
   *
   * @param epochs for how many epochs
   * @param action {@code report} or {@code stop}
   */
  public record Flat(Optional<Integer> epochs, @JsonProperty("do") Optional<String> action) {

    private static final int EPOCHS = 5;
    private static final int MOST_EPOCHS = 1000;

    /** Checks the values. */
    public Flat {
      var _ = chosen(action);
      if (epochs.filter(number -> number < 2 || number > MOST_EPOCHS).isPresent()) {
        throw new IllegalArgumentException("epochs must be from 2 to 1000");
      }
    }

    private FlatRule rule() {
      return new FlatRule(epochs.orElse(EPOCHS), chosen(action));
    }
  }

  private static RuleAction chosen(Optional<String> action) {
    return action
        .map(
            name ->
                Arrays.stream(RuleAction.values())
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "do must be report or stop, but is '%s'".formatted(name))))
        .orElse(RuleAction.REPORT);
  }

  /** The rule about jobs that hardly use their device. */
  public Optional<IdleRule> idleRule() {
    return idle.map(Idle::rule);
  }

  /** The rule about trainings that do not learn. */
  public Optional<FlatRule> flatRule() {
    return flat.map(Flat::rule);
  }
}
