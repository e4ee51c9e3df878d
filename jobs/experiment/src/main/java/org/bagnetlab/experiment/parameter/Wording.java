package org.bagnetlab.experiment.parameter;

import java.util.Optional;

/**
 * What people read of a parameter.
 *
 * @param label in forms and above columns
 * @param help what it decides, in a sentence
 * @param group what it is about
 * @param unit of its values, where they have one
 * @param phrase how titles and captions say its value; empty: they leave it out
 */
record Wording<T>(
    String label,
    String help,
    ParameterGroup group,
    Optional<String> unit,
    Optional<Phrase<T>> phrase) {

  Wording<T> group(ParameterGroup group) {
    return new Wording<>(label, help, group, unit, phrase);
  }

  Wording<T> in(String unit) {
    return new Wording<>(label, help, group, Optional.of(unit), phrase);
  }

  Wording<T> with(Phrase<T> phrase) {
    return new Wording<>(label, help, group, unit, Optional.of(phrase));
  }
}
