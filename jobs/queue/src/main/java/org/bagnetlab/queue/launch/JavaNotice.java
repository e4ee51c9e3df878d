package org.bagnetlab.queue.launch;

/**
 * A harmless line that Java itself writes to a worker's stderr at each start, because workers use
 * the Vector API, an incubator module. No Java option suppresses it.
 */
public final class JavaNotice {

  private static final String INCUBATOR = "WARNING: Using incubator modules: ";

  private JavaNotice() {}

  /** Whether this is such a line. */
  public static boolean is(String line) {
    return line.startsWith(INCUBATOR);
  }
}
