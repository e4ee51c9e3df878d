package org.bagnetlab.vision.training;

/**
 * Rises linearly over the first twentieth of all steps, stays, and falls to zero along a cosine
 * over the last two fifths. The plateau matters: a network first learns what is easy, and needs the
 * full rate still when it comes to what is not.
 */
public final class PlateauSchedule implements Schedule {

  private final double rate;
  private final int rise;
  private final int fall;
  private final int steps;

  /**
   * Plans a training.
   *
   * @param rate of the plateau
   * @param steps of all epochs
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
