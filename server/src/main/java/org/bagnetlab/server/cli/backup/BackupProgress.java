package org.bagnetlab.server.cli.backup;

import org.bagnetlab.server.cli.terminal.ProgressLine;

/** Shows how much of a lab has been copied, and the remaining time. */
final class BackupProgress {

  private final ProgressLine progressLine;
  private long bytes;

  /** Starts measuring the elapsed time. */
  BackupProgress(String what) {
    progressLine = new ProgressLine(what);
    progressLine.report(0, 0);
  }

  void add(long block, long all) {
    reached(bytes + block, all);
  }

  void reached(long so, long all) {
    bytes = so;
    if (bytes >> 20 > 0) {
      progressLine.report((int) (bytes >> 20), (int) (Math.max(bytes, all) >> 20));
    }
  }

  void clear() {
    progressLine.clear();
  }
}
