package org.bagnetlab.engine.nd4j.cpu.kernel;

import org.bagnetlab.engine.nd4j.cpu.onednn.OneDnn;

/**
 * The kernels used by this process.
 *
 * @param loops loops on the Vector API if its module is available, otherwise plain loops
 * @param active whether the loops are those of the Vector API
 * @param evidence what was observed, for the log
 */
public record FastPath(Loops loops, boolean active, String evidence) {

  /**
   * Loads the kernels.
   *
   * @throws IllegalStateException if oneDNN cannot be loaded
   */
  public static FastPath prove() {
    String others = "convolutions and matrix products by " + library();
    try {
      Loops vector = vectorLoops();
      return new FastPath(
          vector, true, "loops of the Vector API, %s; %s".formatted(vector, others));
    } catch (ReflectiveOperationException | LinkageError e) {
      return new FastPath(
          new PlainLoops(),
          false,
          "plain loops, because this Java has no jdk.incubator.vector (%s); %s"
              .formatted(e, others));
    }
  }

  /** The loops that this Java has, without what was observed. */
  static Loops fastest() {
    try {
      return vectorLoops();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new PlainLoops();
    }
  }

  private static String library() {
    try {
      return "%s, with %s".formatted(OneDnn.name(), OneDnn.instructions());
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("oneDNN cannot be loaded: " + cause.getMessage(), e);
    }
  }

  /** Loads the class by name, so that no other class depends on the incubator module. */
  static Loops vectorLoops() throws ReflectiveOperationException {
    return Class.forName(FastPath.class.getPackageName() + ".VectorLoops")
        .asSubclass(Loops.class)
        .getDeclaredConstructor()
        .newInstance();
  }
}
