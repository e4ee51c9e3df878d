package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A constant of an enum from which users choose. */
public interface Labelled {

  /** Its name in Java. */
  String name();

  /** Its name in requests. */
  @JsonValue
  default String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its label in forms. */
  String label();
}
