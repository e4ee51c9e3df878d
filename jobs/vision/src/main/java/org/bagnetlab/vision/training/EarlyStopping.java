package org.bagnetlab.vision.training;

/** Another schedule that ends after too many epochs in a row without improvement. */
public final class EarlyStopping implements Schedule {

  private final Schedule schedule;
  private final int patience;
  private int inARow;

  /**
   * Adds an early end to a schedule.
   *
   * @param patience the largest number of epochs in a row without improvement, at least 1
   */
  public EarlyStopping(Schedule schedule, int patience) {
    this.schedule = schedule;
    this.patience = patience;
  }

  @Override
  public double rate(int step) {
    return schedule.rate(step);
  }

  @Override
  public Verdict epochEnded(double accuracy, boolean improved) {
    Verdict verdict = schedule.epochEnded(accuracy, improved);
    inARow = improved ? 0 : inARow + 1;
    return inARow > patience ? Verdict.STOP : verdict;
  }
}
