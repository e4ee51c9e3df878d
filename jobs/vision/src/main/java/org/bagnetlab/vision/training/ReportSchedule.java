package org.bagnetlab.vision.training;

/**
 * The report's schedule, including a peculiarity: {@code tolerated} counts epochs without
 * improvement and is not reset by an improvement; when it reaches three, the rate is halved, Adam's
 * state is reset, and the count restarts. More than fifteen consecutive epochs without improvement
 * end the training.
 */
public final class ReportSchedule implements Schedule {

  private static final int TOLERANCE = 3;
  private static final int PATIENCE = 15;

  private double rate;
  private int tolerated;
  private int inARow;

  /** Creates a schedule with an initial rate. */
  public ReportSchedule(double rate) {
    this.rate = rate;
  }

  @Override
  public double rate(int step) {
    return rate;
  }

  @Override
  public Verdict epochEnded(boolean improved) {
    if (improved) {
      inARow = 0;
      return Verdict.CONTINUE;
    }
    tolerated++;
    inARow++;
    if (inARow > PATIENCE) {
      return Verdict.STOP;
    }
    if (tolerated == TOLERANCE) {
      tolerated = 0;
      rate /= 2;
      return Verdict.RESET_OPTIMISER;
    }
    return Verdict.CONTINUE;
  }
}
