package org.bagnetlab.queue.rule;

/** What happens to a job that a rule finds. */
public enum RuleAction {
  /** It goes on; its timeline and a notification say why it was found. */
  REPORT,
  /** It is cancelled as well. */
  STOP
}
