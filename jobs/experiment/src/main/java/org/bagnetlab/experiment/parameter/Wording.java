package org.bagnetlab.experiment.parameter;

import java.util.Optional;

/**
 * The texts of a parameter for users.
 *
 * @param label label in forms and column headings
 * @param help a sentence about its effect
 * @param group the group that it belongs to
 * @param unit unit of its values, if they have one
 * @param essential whether it is one of the few settings that a form shows unfolded
 * @param phrase how titles and captions show its value; empty if they omit it
 */
record Wording<T>(
    String label,
    String help,
    ParameterGroup group,
    Optional<String> unit,
    boolean essential,
    Optional<Phrase<T>> phrase) {

  Wording<T> asEssential() {
    return new Wording<>(label, help, group, unit, true, phrase);
  }

  Wording<T> group(ParameterGroup group) {
    return new Wording<>(label, help, group, unit, essential, phrase);
  }

  Wording<T> in(String unit) {
    return new Wording<>(label, help, group, Optional.of(unit), essential, phrase);
  }

  Wording<T> with(Phrase<T> phrase) {
    return new Wording<>(label, help, group, unit, essential, Optional.of(phrase));
  }
}
