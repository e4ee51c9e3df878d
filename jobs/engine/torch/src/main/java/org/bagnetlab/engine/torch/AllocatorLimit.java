package org.bagnetlab.engine.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits the memory that libtorch's CUDA allocator takes from a GPU. The allocator reads its
 * settings from an environment variable at its first allocation, so the variable is set before, in
 * this process. The function for the purpose, {@code setMemoryFraction}, is only in the Java
 * classes that need the JavaCPP presets for CUDA and more of CUDA's libraries.
 */
final class AllocatorLimit {

  /** Takes precedence over the newer {@link #NEWER_VARIABLE}. */
  private static final String VARIABLE = "PYTORCH_CUDA_ALLOC_CONF";

  private static final String NEWER_VARIABLE = "PYTORCH_ALLOC_CONF";

  private AllocatorLimit() {}

  /** Limits the allocator to a part of the GPU's memory, greater than 0 and at most 1. */
  static void set(double fraction) {
    Optional<String> before =
        Optional.ofNullable(System.getenv(VARIABLE))
            .or(() -> Optional.ofNullable(System.getenv(NEWER_VARIABLE)));
    setVariable(VARIABLE, settings(before, fraction));
  }

  /** The allocator's settings with the limit. If a setting is repeated, the last one counts. */
  static String settings(Optional<String> before, double fraction) {
    return before.filter(some -> !some.isBlank()).map(some -> some + ",").orElse("")
        + String.format(Locale.ROOT, "per_process_memory_fraction:%.9f", fraction);
  }

  @SuppressWarnings("restricted") // Java has no other way to change what getenv returns
  private static void setVariable(String name, String value) {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int error = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (error != 0) {
        throw new IllegalStateException("The environment variable " + name + " cannot be set.");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setenv cannot be called", e);
    }
  }
}
