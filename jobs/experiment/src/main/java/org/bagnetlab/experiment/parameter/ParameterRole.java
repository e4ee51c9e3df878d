package org.bagnetlab.experiment.parameter;

/** What it means that two jobs differ in a parameter. */
public enum ParameterRole {
  /** They are about different things: their numbers are never averaged. */
  IDENTITY,
  /** One repeats the other: their numbers are averaged. */
  REPLICATE,
  /** Nothing that is measured: no number depends on it. */
  INCIDENTAL
}
