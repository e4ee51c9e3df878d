package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AllocatorLimitTests {

  @Test
  void theLimitIsAddedToOtherSettings() {
    assertThat(AllocatorLimit.settings(Optional.empty(), .25))
        .isEqualTo("per_process_memory_fraction:0.250000000");
    assertThat(AllocatorLimit.settings(Optional.of("expandable_segments:True"), 1e-3))
        .isEqualTo("expandable_segments:True,per_process_memory_fraction:0.001000000");
  }

  /** libtorch asks the C library, not Java. */
  @Test
  void nativeCodeSeesTheLimit() throws Throwable {
    AllocatorLimit.set(.5);
    assertThat(variable("PYTORCH_CUDA_ALLOC_CONF"))
        .endsWith("per_process_memory_fraction:0.500000000");
  }

  @SuppressWarnings("restricted") // Java itself does not see a change of the environment
  private static String variable(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("getenv").orElseThrow(),
                      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(arena.allocateFrom(name));
      return value.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
