package org.bagnetlab.queue.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Instructions of this machine's processor, as Linux names them. */
final class ProcessorFlags {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Processors with AMX have these, too. */
  private static final String BFLOAT16 = "avx512_bf16";

  private static final boolean MULTIPLY_BFLOAT16 = read();

  private ProcessorFlags() {}

  /**
   * Whether this machine has instructions for products of bfloat16 numbers. Workers ask oneDNN,
   * which the server does not load.
   */
  static boolean multiplyBfloat16() {
    return MULTIPLY_BFLOAT16;
  }

  private static boolean read() {
    if (!Files.isReadable(PROCESSORS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return multiplyBfloat16(lines);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  static boolean multiplyBfloat16(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .filter(line -> Set.of(Pattern.compile("\\s+").split(line)).contains(BFLOAT16))
        .isPresent();
  }
}
