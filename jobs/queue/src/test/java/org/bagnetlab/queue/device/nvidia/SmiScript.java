package org.bagnetlab.queue.device.nvidia;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A shell script that prints a given output, in place of nvidia-smi. */
public final class SmiScript {

  private static final Duration PATIENT = Duration.ofSeconds(20);

  private final Path script;
  private final Path answer;

  /** A script that says this. */
  public SmiScript(Path folder, String text) throws IOException {
    answer = folder.resolve("answer");
    script = Files.writeString(folder.resolve("smi"), "cat '%s'".formatted(answer));
    says(text);
  }

  /** What it says from now on. */
  public void says(String text) throws IOException {
    Path written = Files.writeString(answer.resolveSibling("answer.new"), text);
    Files.move(written, answer, StandardCopyOption.ATOMIC_MOVE);
  }

  /** An nvidia-smi that is this script. */
  public NvidiaSmi smi(Clock clock) {
    // Through the shell, since a file that was just written cannot always be executed.
    return new NvidiaSmi(List.of("/bin/sh", script.toString()), PATIENT, clock);
  }

  /** An output in {@code nvidia-smi/}. */
  public static String recorded(String name) {
    return SmiOutputTests.recorded(name);
  }

  /** Two GPUs, a TITAN V that others use and an idle RTX 5880. */
  public static String busyAndFree() {
    return recorded("two");
  }

  /** The same, when the others are gone. */
  public static String free() {
    return busyAndFree().replace("9216, 2744, 97, 71", "3, 11957, 0, 34");
  }
}
