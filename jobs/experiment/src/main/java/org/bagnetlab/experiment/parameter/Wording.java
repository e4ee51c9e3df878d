package org.bagnetlab.experiment.parameter;

import java.util.Optional;

/**
 * The texts of a parameter for users.
 *
 * @param label label in forms and column headings
 * @param help a sentence about its effect
 * @param group the group that it belongs to
 * @param unit unit of its values, if they have one
 * @param phrase how titles and captions show its value; empty if they omit it
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
