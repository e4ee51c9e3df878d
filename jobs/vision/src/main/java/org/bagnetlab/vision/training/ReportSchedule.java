package org.bagnetlab.vision.training;

/**
 * The report's schedule, including a peculiarity: {@code tolerated} counts epochs without
 * improvement and is not reset by an improvement; when it reaches three, the rate is halved, Adam's
 * state is reset, and the count restarts. The report also stops early: {@link EarlyStopping}.
 */
public final class ReportSchedule implements Schedule {

  private static final int TOLERANCE = 3;

  private double rate;
  private int tolerated;

  /** Creates a schedule with an initial rate. */
  public ReportSchedule(double rate) {
    this.rate = rate;
  }

  @Override
  public double rate(int step) {
    return rate;
  }

  @Override
  public Verdict epochEnded(double accuracy, boolean improved) {
    if (improved) {
      return Verdict.CONTINUE;
    }
    tolerated++;
    if (tolerated == TOLERANCE) {
      tolerated = 0;
      rate /= 2;
      return Verdict.RESET_OPTIMISER;
    }
    return Verdict.CONTINUE;
  }
}
