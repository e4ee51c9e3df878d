package org.bagnetlab.experiment.parameter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;

/** The values of the parameters read so far; later bounds and defaults depend on them. */
public final class Values {

  private final Optional<Catalogue> catalogue;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Starts without values. */
  public Values(Catalogue catalogue) {
    this.catalogue = Optional.of(catalogue);
  }

  /** Starts without values, and without a catalogue. */
  Values() {
    this.catalogue = Optional.empty();
  }

  /**
   * The networks, data sets and weights that may be named.
   *
   * @throws NoSuchElementException if there is no catalogue
   */
  public Catalogue catalogue() {
    return catalogue.orElseThrow();
  }

  /**
   * The value of a parameter.
   *
   * @throws NoSuchElementException if it has none, because it is optional or its value was invalid
   */
  public <T> T get(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() -> new NoSuchElementException("not a value of " + parameter.name()));
  }

  /** The value of a parameter that may have none. */
  @SuppressWarnings("unchecked") // the value was put with its parameter, whose name is the key
  public <T> Optional<T> find(Parameter<T> parameter) {
    return Optional.ofNullable((T) values.get(parameter.name()));
  }

  <T> void put(Parameter<T> parameter, T value) {
    values.put(parameter.name(), value);
  }
}
