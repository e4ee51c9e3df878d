package org.bagnetlab.queue.run;

import java.util.Optional;
import org.bagnetlab.queue.launch.LauncherNotice;

/** The notices of a launcher about one worker. */
final class LauncherNotices {

  private Optional<LauncherNotice> mostSevere = Optional.empty();

  /**
   * Adds one. Of equally severe ones that explain an end the first stays: the rest follow from it.
   */
  void add(LauncherNotice notice) {
    int before = mostSevere.map(LauncherNotices::severity).orElse(0);
    if (severity(notice) > before || before <= 1) {
      mostSevere = Optional.of(notice);
    }
  }

  /** The worker itself reported something, so it has a place now. */
  void workerReported() {
    mostSevere =
        mostSevere.filter(
            notice ->
                notice instanceof LauncherNotice.Lost || notice instanceof LauncherNotice.Refused);
  }

  private static int severity(LauncherNotice notice) {
    if (notice instanceof LauncherNotice.Refused) {
      return 3;
    }
    return notice instanceof LauncherNotice.Lost || notice instanceof LauncherNotice.Unreachable
        ? 2
        : 1;
  }

  /** The one that explains the worker's end best. */
  Optional<LauncherNotice> mostSevere() {
    return mostSevere;
  }

  /** Whether there is no place for the worker yet. */
  boolean waiting() {
    return mostSevere.filter(LauncherNotice.Waiting.class::isInstance).isPresent();
  }
}
