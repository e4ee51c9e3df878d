package org.bagnetlab.worker.engine;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises failures that occur because the memory of the machine or the GPU ran out. */
public final class ExhaustedMemory {

  /** The failure code. */
  public static final String CODE = "out-of-memory";

  /**
   * Messages of ND4J, its native code and CUDA in generic exceptions: {@code Failed to allocate
   * 4096 bytes from DEVICE [0] memory} (deeplearning4j issue 8253), {@code Can't allocate [HOST]
   * memory}.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:Failed to|Can't|Cannot) allocate\\b.*\\b(?:bytes|memory)"
              + "|\\[(?:DEVICE|HOST)\\] allocation failed"
              + "|(?i:out of memory)|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation"
              + "|(?:CUDNN|CUBLAS)_STATUS_ALLOC_FAILED|std::bad_alloc");

  private ExhaustedMemory() {}

  /** The out-of-memory message of a failure, if any: threads and engines wrap the error. */
  public static Optional<String> of(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError || WORDS.matcher(message).find()) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }
}
