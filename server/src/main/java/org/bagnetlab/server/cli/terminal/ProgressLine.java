package org.bagnetlab.server.cli.terminal;

/** Shows progress and remaining time in a terminal; prints nothing elsewhere. */
public final class ProgressLine {

  private static final long INTERVAL_NANOS = 200_000_000;

  private final String what;
  private long started = System.nanoTime();
  private long shown;

  public ProgressLine(String what) {
    this.what = what;
  }

  /** Shows what is being done before any progress is known. */
  public void begin(String doing) {
    if (Terminal.INTERACTIVE) {
      Terminal.clearLine(System.err);
      System.err.print(doing);
    }
  }

  /** Shows the progress. A call with {@code done} 0 starts the time measurement. */
  public void report(int done, int total) {
    long now = System.nanoTime();
    if (done == 0) {
      started = now;
      return;
    }
    if (!Terminal.INTERACTIVE || now - shown < INTERVAL_NANOS) {
      return;
    }
    shown = now;
    double left = (now - started) / 1e9 / done * (total - done);
    Terminal.clearLine(System.err);
    System.err.printf("%d of %d %s, %.0f s left", done, total, what, left);
  }

  public void clear() {
    Terminal.clearLine(System.err);
  }
}
