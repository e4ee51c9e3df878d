package org.bagnetlab.worker.run;

import java.util.Optional;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * Reports the progress of the job, a few times a second at most, and its remaining time. Work is
 * counted in forward passes over an image of the job's size.
 */
public final class Progress {

  private static final long INTERVAL_NANOS = 250_000_000;
  private static final double SMOOTHING = 0.2;

  private final EventWriter events;
  private Optional<TimeLeft> timeLeft = Optional.empty();
  private long reported;
  private Phase phase = Phase.PREPARING;
  private double rate;
  private long rateSince;

  /** Starts without progress. */
  public Progress(EventWriter events) {
    this.events = events;
  }

  /** Starts measuring time, with this amount of work ahead. Earlier work does not count. */
  public void start(double work) {
    timeLeft = Optional.of(new TimeLeft(work, System.nanoTime()));
  }

  /** Subtracts work that will not be done. */
  public void skip(double work) {
    timeLeft.ifPresent(estimate -> estimate.skip(work));
  }

  /**
   * Adds completed work on images.
   *
   * @param images number of images
   * @param cost per image, in forward passes
   */
  public void advance(
      Phase now, int epoch, int epochs, int unit, int units, int images, double cost) {
    long time = System.nanoTime();
    if (now == phase && rateSince > 0 && time > rateSince) {
      double current = images / ((time - rateSince) / 1e9);
      rate = rate == 0 ? current : rate + SMOOTHING * (current - rate);
    } else {
      rate = 0;
    }
    phase = now;
    rateSince = time;
    timeLeft.ifPresent(estimate -> estimate.advance(images * cost, time));
    if (time - reported >= INTERVAL_NANOS || unit == units) {
      reported = time;
      events.write(
          new WorkerEvent.Progress(
              now,
              epoch,
              epochs,
              unit,
              units,
              rate,
              timeLeft.map(estimate -> estimate.seconds(time)).orElse(TimeLeft.UNKNOWN)));
    }
  }
}
