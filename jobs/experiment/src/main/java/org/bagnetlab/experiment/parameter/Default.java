package org.bagnetlab.experiment.parameter;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The value of a parameter that a request leaves out.
 *
 * @param words what it is, for people; empty: there is none, and the parameter is required
 * @param absent whether it is to have no value, which means something
 * @param value from the values before it; empty: the parameter stays without a value
 */
public record Default<T>(
    Optional<String> words, boolean absent, Function<Values, Optional<T>> value) {

  /** None: required in a request. */
  public static <T> Default<T> required() {
    return new Default<>(Optional.empty(), false, before -> Optional.empty());
  }

  /** No value, which means something. */
  public static <T> Default<T> absent(String words) {
    return new Default<>(Optional.of(words), true, before -> Optional.empty());
  }

  /** Always the same. */
  public static <T> Default<T> of(T value, String words) {
    return new Default<>(Optional.of(words), false, before -> Optional.of(value));
  }

  /** Depends on the parameters before it. */
  public static <T> Default<T> from(String words, Function<Values, T> value) {
    return new Default<>(Optional.of(words), false, before -> Optional.of(value.apply(before)));
  }

  /** Whether the value is required in a request. */
  public boolean isRequired() {
    return words.isEmpty();
  }

  /** The value; empty: there is none, or one that it depends on is missing. */
  Optional<T> in(Values before) {
    try {
      return value.apply(before);
    } catch (NoSuchElementException dependsOnWhatIsWrong) {
      return Optional.empty();
    }
  }
}
