package org.bagnetlab.vision.training;

/**
 * A linear rise to another schedule's learning rate.
 *
 * @param schedule the schedule
 * @param rise number of steps until its rate is reached, at least 1
 */
public record WarmUp(Schedule schedule, int rise) implements Schedule {

  /** The number of steps of a share of all steps. */
  public static int steps(double share, int steps) {
    // The small number makes up for rounding: 0.05 times 20 must be 1.
    return Math.max(1, (int) (share * steps + 1e-9));
  }

  @Override
  public double rate(int step) {
    double rate = schedule.rate(step);
    return step < rise ? rate * (step + 1) / rise : rate;
  }

  @Override
  public Verdict epochEnded(double accuracy, boolean improved) {
    return schedule.epochEnded(accuracy, improved);
  }
}
