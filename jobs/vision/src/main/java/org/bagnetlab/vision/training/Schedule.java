package org.bagnetlab.vision.training;

/** Decides the learning rate, and when training ends before its last epoch. */
public interface Schedule {

  /** The rate of a step, counted from 0 over all epochs. */
  double rate(int step);

  /**
   * Hears of an epoch's end.
   *
   * @param improved whether validation accuracy reached a new best (or the best again)
   */
  Verdict epochEnded(boolean improved);

  /** What follows from an epoch. */
  enum Verdict {
    CONTINUE,
    /** Forget the optimiser's moments, then continue. */
    RESET_OPTIMISER,
    STOP
  }
}
