package org.bagnetlab.vision.training;

/** Rises linearly over the first tenth of all steps, then falls to zero along a cosine. */
public final class CosineSchedule implements Schedule {

  private final double peak;
  private final int steps;
  private final int warmUp;

  /**
   * Plans a training.
   *
   * @param peak the largest rate
   * @param steps of all epochs
   */
  public CosineSchedule(double peak, int steps) {
    this.peak = peak;
    this.steps = steps;
    this.warmUp = Math.max(1, steps / 10);
  }

  @Override
  public double rate(int step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double progress = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  }

  @Override
  public Verdict epochEnded(boolean improved) {
    return Verdict.CONTINUE;
  }
}
