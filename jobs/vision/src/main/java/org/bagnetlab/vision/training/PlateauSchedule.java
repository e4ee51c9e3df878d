package org.bagnetlab.vision.training;

/**
 * A learning rate that rises linearly over the first twentieth of all steps, then stays constant,
 * and finally decays to zero along a cosine over the last two fifths. The plateau matters because a
 * network learns the easy features first and still needs the full rate for the hard ones later.
 */
public final class PlateauSchedule implements Schedule {

  private final double rate;
  private final int rise;
  private final int fall;
  private final int steps;

  /**
   * Creates a schedule.
   *
   * @param rate learning rate of the plateau
   * @param steps total number of steps in all epochs
   */
  public PlateauSchedule(double rate, int steps) {
    this.rate = rate;
    this.steps = steps;
    this.rise = Math.max(1, steps / 20);
    this.fall = steps * 2 / 5;
  }

  @Override
  public double rate(int step) {
    if (step < rise) {
      return rate * (step + 1) / rise;
    }
    int left = Math.max(0, steps - step);
    return left >= fall ? rate : rate * 0.5 * (1 - Math.cos(Math.PI * left / fall));
  }

  @Override
  public Verdict epochEnded(boolean improved) {
    return Verdict.CONTINUE;
  }
}
