package org.bagnetlab.experiment.parameter;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The value of a parameter that is missing in a request.
 *
 * @param words description for users; empty if there is no default and the parameter is required
 * @param absent whether the default is to have no value, which is a valid setting
 * @param value computes the default from the earlier values; empty if the parameter has no value
 */
public record Default<T>(
    Optional<String> words, boolean absent, Function<Values, Optional<T>> value) {

  /** No default: the parameter is required in a request. */
  public static <T> Default<T> required() {
    return new Default<>(Optional.empty(), false, before -> Optional.empty());
  }

  /** No value by default, which is a valid setting. */
  public static <T> Default<T> absent(String words) {
    return new Default<>(Optional.of(words), true, before -> Optional.empty());
  }

  /** A constant default. */
  public static <T> Default<T> of(T value, String words) {
    return new Default<>(Optional.of(words), false, before -> Optional.of(value));
  }

  /** A default that depends on the earlier parameters. */
  public static <T> Default<T> from(String words, Function<Values, T> value) {
    return new Default<>(Optional.of(words), false, before -> Optional.of(value.apply(before)));
  }

  /** Whether the value is required in a request. */
  public boolean isRequired() {
    return words.isEmpty();
  }

  /** The value; empty if there is none, or if a value that it depends on is missing. */
  Optional<T> in(Values before) {
    try {
      return value.apply(before);
    } catch (NoSuchElementException dependsOnWhatIsWrong) {
      return Optional.empty();
    }
  }
}
