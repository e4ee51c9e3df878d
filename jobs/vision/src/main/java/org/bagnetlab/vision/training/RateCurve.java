package org.bagnetlab.vision.training;

import java.util.function.IntToDoubleFunction;

/**
 * A learning rate that depends only on the step.
 *
 * @param rates the rate of each step, counted from 0
 */
public record RateCurve(IntToDoubleFunction rates) implements Schedule {

  /** The first rate of a one-cycle curve is its largest rate over this number. */
  private static final double ONE_CYCLE_START = 25;

  /** The last rate of a one-cycle curve is its first rate over this number. */
  private static final double ONE_CYCLE_END = 1e4;

  @Override
  public double rate(int step) {
    return rates.applyAsDouble(step);
  }

  @Override
  public Verdict epochEnded(double accuracy, boolean improved) {
    return Verdict.CONTINUE;
  }

  /** The same rate for all steps. */
  public static RateCurve constant(double rate) {
    return new RateCurve(step -> rate);
  }

  /**
   * Constant, then along a cosine to zero over the last two fifths of all steps. The constant part
   * matters because a network learns the easy features first and still needs the full rate for the
   * hard ones later.
   */
  public static RateCurve trapezoid(double rate, int steps) {
    int fall = steps * 2 / 5;
    return new RateCurve(
        step -> {
          int left = Math.max(0, steps - step);
          return left >= fall ? rate : rate * 0.5 * (1 - Math.cos(Math.PI * left / fall));
        });
  }

  /**
   * A tenth of the previous rate after each period, as PyTorch's {@code StepLR}.
   *
   * @param period number of steps of a period
   */
  public static RateCurve step(double rate, int period) {
    return new RateCurve(
        step -> {
          int periods = step / period;
          return rate * Math.pow(0.1, periods);
        });
  }

  /**
   * Half a cosine from the rate to zero, as PyTorch's {@code CosineAnnealingLR}.
   *
   * @param first step at which it starts
   * @param steps number of all steps
   */
  public static RateCurve cosine(double rate, int first, int steps) {
    return new RateCurve(
        step -> {
          double share = (double) Math.max(0, step - first) / Math.max(1, steps - first);
          return rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share)));
        });
  }

  /**
   * Rises to the rate along half a cosine, and falls to almost zero along another, as PyTorch's
   * {@code OneCycleLR} (Smith and Topin, Super-convergence, 2018). The momentum stays the same.
   *
   * @param rise share of the steps in which it rises
   */
  public static RateCurve oneCycle(double rate, double rise, int steps) {
    double first = rate / ONE_CYCLE_START;
    double last = first / ONE_CYCLE_END;
    double top = rise * steps - 1;
    double end = steps - 1;
    return new RateCurve(
        step ->
            step <= top
                ? between(first, rate, top > 0 ? step / top : 1)
                : between(rate, last, end > top ? Math.min(1, (step - top) / (end - top)) : 1));
  }

  /** The value of half a cosine from one rate to another. */
  private static double between(double from, double to, double share) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }
}
