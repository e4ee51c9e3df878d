package org.bagnetlab.queue;

import java.util.Optional;
import org.bagnetlab.queue.process.Remark;

/** What a launcher has said of one worker. */
final class Remarks {

  private Optional<Remark> weightiest = Optional.empty();

  /**
   * Adds one. Of those that explain an end the first of the most weight stays: others follow it.
   */
  void add(Remark remark) {
    int before = weightiest.map(Remarks::weight).orElse(0);
    if (weight(remark) > before || before <= 1) {
      weightiest = Optional.of(remark);
    }
  }

  /** The worker itself is heard: what kept it from starting is over. */
  void speaks() {
    weightiest =
        weightiest.filter(
            remark -> remark instanceof Remark.Lost || remark instanceof Remark.Refused);
  }

  private static int weight(Remark remark) {
    if (remark instanceof Remark.Refused) {
      return 3;
    }
    return remark instanceof Remark.Lost || remark instanceof Remark.Unreachable ? 2 : 1;
  }

  /** What matters most when the worker has ended. */
  Optional<Remark> weightiest() {
    return weightiest;
  }

  /** Whether there is no place for the worker yet. */
  boolean waiting() {
    return weightiest.filter(Remark.Waiting.class::isInstance).isPresent();
  }
}
