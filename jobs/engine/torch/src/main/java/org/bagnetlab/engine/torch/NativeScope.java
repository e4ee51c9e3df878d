package org.bagnetlab.engine.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * A scope for a computation. When it ends, native memory that the computation allocated and did not
 * keep is freed.
 */
final class NativeScope {

  private NativeScope() {}

  /**
   * Runs a computation and returns its result.
   *
   * @throws OutOfMemoryError if libtorch reports that the memory of its device is exhausted
   * @throws IllegalStateException if libtorch fails for another reason; the message is libtorch's
   *     without the native stack trace, which is in the cause
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

  /** Runs a computation. */
  static void run(Runnable work) {
    of(
        () -> {
          work.run();
          return true;
        });
  }

  /** Converts an exception of libtorch, which JavaCPP rethrows as a RuntimeException. */
  private static RuntimeException said(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (isOutOfMemory(message)) {
      OutOfMemoryError error = new OutOfMemoryError(message);
      error.initCause(e);
      throw error;
    }
    return new IllegalStateException("libtorch: " + message, e);
  }

  /** The first message is about GPU memory, the second about main memory. */
  private static boolean isOutOfMemory(String message) {
    return message.contains("out of memory") || message.contains("can't allocate memory");
  }
}
