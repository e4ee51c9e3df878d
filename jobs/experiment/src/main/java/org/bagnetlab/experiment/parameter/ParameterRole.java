package org.bagnetlab.experiment.parameter;

/** The meaning of a difference in a parameter between two jobs. */
public enum ParameterRole {
  /** They are about different things, so their numbers are never averaged. */
  IDENTITY,
  /** One repeats the other, so their numbers are averaged. */
  REPLICATE,
  /** They measure the same: no number depends on the parameter. */
  INCIDENTAL
}
