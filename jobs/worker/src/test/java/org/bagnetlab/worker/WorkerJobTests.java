package org.bagnetlab.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The family of a failure decides whether its job is tried again. */
class WorkerJobTests {

  @Test
  void memoryThatRanOutAnywhereIsMemory() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertOfMemory(error);
    assertOfMemory(new IllegalStateException("a helper failed", new RuntimeException(error)));
    assertOfMemory(new UncheckedIOException(new IOException("Map failed", error)));
    assertThat(WorkerJob.failed(new RuntimeException(error)).message())
        .isEqualTo("Out of memory: Java heap space");
  }

  /** As ND4J says it, and CUDA through it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to allocate 140713104 bytes from DEVICE [0] memory",
        "Failed to allocate [4096] HOST bytes",
        "Can't allocate [HOST] memory: 1073741824; threadId: 1",
        "[DEVICE] allocation failed; Error code: [2]",
        "CUDA error: out of memory",
        "CUDNN_STATUS_ALLOC_FAILED",
      })
  void exhaustedMemoryOfAnEngineIsMemory(String message) {
    assertOfMemory(new RuntimeException(message));
    assertOfMemory(new IllegalStateException(new RuntimeException(message)));
  }

  @Test
  void aPrecisionThatTheEngineHasNotIsTheUsersError() {
    WorkerEvent.Failed failed =
        WorkerJob.failed(new UnsupportedPrecision("ND4J computes in fp32 only."));
    assertThat(failed.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(failed.field()).contains("precision");
  }

  @Test
  void whatIsNotMemoryIsTriedAgain() {
    assertThat(WorkerJob.failed(new IllegalStateException("a helper failed: 7")).code())
        .isEqualTo("internal");
    assertThat(
            WorkerJob.failed(new UncheckedIOException(new IOException("Stale file handle"))).code())
        .isEqualTo("input-output");
    assertThat(WorkerJob.failed(new IOException("No space left on device")).family())
        .isEqualTo(ErrorFamily.EXTERNAL);
    assertThat(WorkerJob.failed(new IllegalStateException()).message())
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static void assertOfMemory(Throwable failure) {
    assertThat(WorkerJob.failed(failure).family()).isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(WorkerJob.failed(failure).code()).isEqualTo("out-of-memory");
  }
}
