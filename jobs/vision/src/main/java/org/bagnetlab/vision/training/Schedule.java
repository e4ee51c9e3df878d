package org.bagnetlab.vision.training;

/** Determines the learning rate, and whether training ends before its last epoch. */
public interface Schedule {

  /** The learning rate of a step; steps are counted from 0 over all epochs. */
  double rate(int step);

  /**
   * Called at the end of an epoch.
   *
   * @param accuracy validation accuracy after the epoch
   * @param improved whether it is at least the best so far
   */
  Verdict epochEnded(double accuracy, boolean improved);

  /** What to do after an epoch. */
  enum Verdict {
    CONTINUE,
    /** Reset the optimiser's moments, then continue. */
    RESET_OPTIMISER,
    STOP
  }
}
