package org.bagnetlab.experiment.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the fields of a JSON object within limits. */
public final class Fields {

  /** Maximum number of unknown fields that a message names. */
  private static final int MOST_NAMED = 5;

  /** Maximum number of known names that a message lists. */
  private static final int MOST_LISTED = 12;

  /** Maximum number of characters of a text: longer than any name, and short enough for a title. */
  public static final int LONGEST_TEXT = 500;

  /**
   * Characters that texts must not contain, because texts appear in titles, names, lists, logs and
   * terminals.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private final JsonNode object;
  private final String place;

  private Fields(JsonNode object, String place) {
    this.object = object;
    this.place = place;
  }

  /** The fields of a whole request. */
  public static Fields of(JsonNode object) {
    return new Fields(object, "");
  }

  /**
   * The fields of a nested object, if present.
   *
   * @throws InvalidSpec if the value is not an object
   */
  public Optional<Fields> section(String name) {
    return value(name, JsonNode::isObject, "a mapping of settings", "")
        .map(value -> new Fields(value, place(name) + "."));
  }

  /**
   * The value of a field, if present.
   *
   * @param what description of valid values, for the error message
   * @param advice how to correct the value; may be empty
   */
  private Optional<JsonNode> value(
      String name, Predicate<JsonNode> valid, String what, String advice) {
    Optional<JsonNode> value =
        Optional.ofNullable(object.get(name)).filter(there -> !there.isNull());
    value
        .filter(valid.negate())
        .ifPresent(
            wrong -> {
              throw wrong(
                  name,
                  "%s must be %s, but is %s%s."
                      .formatted(place(name), what, Excerpt.of(wrong), advice));
            });
    return value;
  }

  /**
   * These fields, if the names of all of them are known.
   *
   * @throws InvalidSpec if a field is unknown
   */
  public Fields only(String what, Set<String> known) {
    List<String> unknown =
        values().keySet().stream()
            .filter(name -> !known.contains(name))
            .limit(MOST_NAMED)
            .map(Excerpt::of)
            .toList();
    if (!unknown.isEmpty()) {
      List<String> alike =
          unknown.stream().flatMap(name -> Alike.of(name, known).stream()).distinct().toList();
      throw wrong(
          unknown.getFirst(),
          "There is no field '%s' in %s. %s"
              .formatted(
                  String.join("' or '", unknown),
                  what,
                  alike.size() == unknown.size()
                      ? "Did you mean %s?".formatted(String.join(" and ", alike))
                      : "Known: %s.".formatted(String.join(", ", new TreeSet<>(known)))));
    }
    return this;
  }

  /** Every field with its value, in the order of the request. */
  public Map<String, JsonNode> values() {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return values;
  }

  /** The path of a field in the request, for messages. */
  public String place(String name) {
    return place + name;
  }

  private InvalidSpec wrong(String name, String message) {
    return new InvalidSpec(place(name), message);
  }

  /** A text of at most 500 characters, if present. */
  public Optional<String> text(String name) {
    Optional<String> text =
        value(name, JsonNode::isTextual, "a string", ": put it in quotes").map(JsonNode::textValue);
    text.ifPresent(given -> check(name, given));
    return text;
  }

  private void check(String name, String text) {
    if (text.isBlank()) {
      throw wrong(name, "%s is empty.".formatted(place(name)));
    }
    if (text.length() > LONGEST_TEXT) {
      throw wrong(
          name,
          "%s must have at most %d characters, but has %d."
              .formatted(place(name), LONGEST_TEXT, text.length()));
    }
    if (UNPRINTABLE.matcher(text).find()) {
      throw wrong(
          name,
          "%s contains a control character: %s. Remove it.".formatted(place(name), printed(text)));
    }
  }

  private static String printed(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }

  /**
   * The value, if it is one of the known values.
   *
   * @throws InvalidSpec naming the field, and the value that was probably meant or known values
   */
  public static String oneOf(String name, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new InvalidSpec(
          name,
          "There is no %s '%s'. %s"
              .formatted(
                  name,
                  Excerpt.of(value),
                  Alike.of(value, known)
                      .map("Did you mean %s?"::formatted)
                      .orElseGet(() -> "Known: %s.".formatted(listed(known)))));
    }
    return value;
  }

  /** Lists names for use in a sentence; of many, the first. */
  public static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(
                String.join(", ", names.subList(0, MOST_LISTED)), names.size() - MOST_LISTED);
  }

  /** A whole number within limits, if present. */
  public Optional<Integer> integer(String name, int least, int most) {
    return value(
            name,
            value ->
                value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.intValue() >= least
                    && value.intValue() <= most,
            String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most),
            "")
        .map(JsonNode::intValue);
  }

  /** Any whole number, if present. */
  public Optional<Long> number(String name) {
    return value(
            name,
            value -> value.isIntegralNumber() && value.canConvertToLong(),
            "a whole number",
            "")
        .map(JsonNode::longValue);
  }

  /** A number within limits, if present. */
  public Optional<Double> real(String name, double least, double most) {
    return real(name, "", least, most);
  }

  /**
   * The same.
   *
   * @param what what the number is, for the message of a refusal
   */
  public Optional<Double> real(String name, String what, double least, double most) {
    return value(
            name,
            // The comparisons are false for NaN.
            value ->
                value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
            "%sfrom %s to %s".formatted(what, Decimal.plain(least), Decimal.plain(most)),
            "")
        .map(JsonNode::doubleValue);
  }

  /** A boolean; false by default. */
  public boolean bool(String name) {
    return value(name, JsonNode::isBoolean, "true or false", "")
        .map(JsonNode::booleanValue)
        .orElse(false);
  }
}
