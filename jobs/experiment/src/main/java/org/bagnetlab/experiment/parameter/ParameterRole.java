package org.bagnetlab.experiment.parameter;

/** The meaning of a difference in a parameter between two jobs. */
public enum ParameterRole {
  /** The jobs measure different things, so their numbers are never averaged. */
  IDENTITY,
  /** One job repeats the other, so their numbers are averaged. */
  REPLICATE,
  /** The jobs measure the same thing: no number depends on the parameter. */
  INCIDENTAL
}
