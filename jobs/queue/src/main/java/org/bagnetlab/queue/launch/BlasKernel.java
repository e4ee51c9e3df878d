package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Selects OpenBLAS's kernels: those for AVX-512 if the CPU supports it. The version included with
 * ND4J chooses kernels by CPU name. It does not know AMD's CPUs with AVX-512 and would use only
 * half of their vector width. The variable is also set on Intel CPUs, because the executor reads it
 * to choose its block sizes.
 */
public final class BlasKernel {

  /** The variable that overrides OpenBLAS's choice; the user may also set it. */
  public static final String VARIABLE = "OPENBLAS_CORETYPE";

  private static final String NAME = "SkylakeX";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** CPU features that the SkylakeX kernels use. */
  private static final Set<String> SKYLAKE_X =
      Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

  private BlasKernel() {}

  /** A shell script that makes the same choice on another machine. */
  public static String script() {
    return """
        wide=%s
        for flag in %s; do grep -qsw "$flag" /proc/cpuinfo || wide=; done
        if [ "$wide" ]; then export %s=$wide; fi
        """
        .formatted(NAME, String.join(" ", new TreeSet<>(SKYLAKE_X)), VARIABLE);
  }

  /** Variables for the environment of a process that multiplies matrices on this machine. */
  static Map<String, String> environment() {
    if (System.getenv(VARIABLE) != null) {
      return Map.of();
    }
    try {
      return environment(Files.readAllLines(PROCESSORS));
    } catch (IOException e) {
      return Map.of(); // not Linux: OpenBLAS chooses by itself
    }
  }

  /** Says that the user's environment keeps OpenBLAS from the kernels that would be chosen here. */
  public static Optional<String> warning() {
    try {
      return warning(System.getenv(), Files.readAllLines(PROCESSORS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> warning(Map<String, String> environment, List<String> processors) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(set -> environment(processors).containsKey(VARIABLE) && !set.equalsIgnoreCase(NAME))
        .map(
            set ->
                "%s is '%s' in this environment: without it, products of matrices would use this processor's AVX-512."
                    .formatted(VARIABLE, set));
  }

  static Map<String, String> environment(List<String> processors) {
    boolean wide =
        processors.stream()
            .filter(line -> line.startsWith("flags"))
            .anyMatch(line -> List.of(line.split("\\s+")).containsAll(SKYLAKE_X));
    return wide ? Map.of(VARIABLE, NAME) : Map.of();
  }
}
