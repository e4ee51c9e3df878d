package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** How the learning rate changes after the warm-up. */
public enum ScheduleName implements Labelled {
  /** Constant for three fifths of all steps, then along a cosine to zero. */
  TRAPEZOID("trapezoid: constant, then to zero along a cosine"),
  /** The same rate for all steps. */
  CONSTANT("constant"),
  /** A tenth after each third of the epochs. */
  STEP("step: a tenth after each third of the epochs"),
  /** Half a cosine to zero. */
  COSINE("cosine: to zero along half a cosine"),
  /** One rise and one fall (Smith and Topin 2018). */
  ONE_CYCLE("one-cycle: up from a 25th, then down to almost zero"),
  /** Half whenever the validation accuracy has not improved for more than three epochs. */
  PLATEAU("plateau: half after more than 3 epochs without improvement"),
  /** As the report halves its rate and discards the optimiser's state. */
  REPORT("report: half, with a new optimiser, at every third epoch without improvement");

  private final String label;

  ScheduleName(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
