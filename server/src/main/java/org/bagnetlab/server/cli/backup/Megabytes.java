package org.bagnetlab.server.cli.backup;

import org.bagnetlab.server.cli.terminal.Countdown;

/** Shows how much of a lab has been copied, and the remaining time. */
final class Megabytes {

  private final Countdown countdown;
  private long bytes;

  /** Starts measuring the elapsed time. */
  Megabytes(String what) {
    countdown = new Countdown(what);
    countdown.report(0, 0);
  }

  void add(long block, long all) {
    reached(bytes + block, all);
  }

  void reached(long so, long all) {
    bytes = so;
    if (bytes >> 20 > 0) {
      countdown.report((int) (bytes >> 20), (int) (Math.max(bytes, all) >> 20));
    }
  }

  void clear() {
    countdown.clear();
  }
}
