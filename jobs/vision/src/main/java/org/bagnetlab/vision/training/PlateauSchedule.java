package org.bagnetlab.vision.training;

/**
 * Halves the learning rate after more than three epochs in a row in which the validation accuracy
 * did not exceed the best so far by more than one part in 10,000, as PyTorch's {@code
 * ReduceLROnPlateau} with {@code mode="max", factor=0.5, patience=3}.
 */
public final class PlateauSchedule implements Schedule {

  private static final int PATIENCE = 3;
  private static final double FACTOR = 0.5;
  private static final double THRESHOLD = 1e-4;

  /** A smaller change of the rate is not made. */
  private static final double LEAST_CHANGE = 1e-8;

  private double rate;
  private double best = Double.NEGATIVE_INFINITY;
  private int inARow;

  /** Creates a schedule with an initial rate. */
  public PlateauSchedule(double rate) {
    this.rate = rate;
  }

  @Override
  public double rate(int step) {
    return rate;
  }

  @Override
  public Verdict epochEnded(double accuracy, boolean improved) {
    if (accuracy > best * (1 + THRESHOLD)) {
      best = accuracy;
      inARow = 0;
      return Verdict.CONTINUE;
    }
    inARow++;
    if (inARow > PATIENCE) {
      double lower = rate * FACTOR;
      rate = rate - lower > LEAST_CHANGE ? lower : rate;
      inARow = 0;
    }
    return Verdict.CONTINUE;
  }
}
