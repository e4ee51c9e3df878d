package org.bagnetlab.queue.launch;

/**
 * What Java itself writes to a worker's stderr at each start, in which nothing is wrong: workers
 * use the Vector API, an incubator module. No option of Java suppresses the line.
 */
public final class JavaNotice {

  private static final String INCUBATOR = "WARNING: Using incubator modules: ";

  private JavaNotice() {}

  /** Whether a line is one that no log needs. */
  public static boolean is(String line) {
    return line.startsWith(INCUBATOR);
  }
}
