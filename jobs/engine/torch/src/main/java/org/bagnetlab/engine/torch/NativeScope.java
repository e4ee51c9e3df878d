package org.bagnetlab.engine.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** The extent of a computation: native memory that it takes and does not keep is freed after it. */
final class NativeScope {

  private NativeScope() {}

  /**
   * Computes something.
   *
   * @throws OutOfMemoryError if libtorch says that the memory of its device is exhausted
   * @throws IllegalStateException if libtorch refuses something else; the message is what it says
   *     without the native stack, which the cause has
   */
  static <T> T of(Supplier<T> work) {
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw e.getClass() == RuntimeException.class ? said(e) : e;
    } finally {
      scope.close();
    }
  }

  /** Does something. */
  static void run(Runnable work) {
    of(
        () -> {
          work.run();
          return true;
        });
  }

  /** What libtorch throws, JavaCPP makes a plain exception of. */
  private static RuntimeException said(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (isOutOfMemory(message)) {
      OutOfMemoryError error = new OutOfMemoryError(message);
      error.initCause(e);
      throw error;
    }
    return new IllegalStateException("libtorch: " + message, e);
  }

  /** The former is said of a GPU, the latter of the machine. */
  private static boolean isOutOfMemory(String message) {
    return message.contains("out of memory") || message.contains("can't allocate memory");
  }
}
