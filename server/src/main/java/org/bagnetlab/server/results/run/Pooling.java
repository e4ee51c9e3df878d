package org.bagnetlab.server.results.run;

/** Whether runs of one setting form a configuration if different code computed them. */
public enum Pooling {

  /** They do not: a number that code changed is not averaged with what it was before. */
  BY_CODE,

  /** They do. */
  ACROSS_CODE
}
