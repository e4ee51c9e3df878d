package org.bagnetlab.queue.device.nvidia;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queries NVIDIA's program nvidia-smi for GPUs and their readings. It is part of every driver, so
 * nothing has to be linked or loaded into the server. Concurrent callers share one query. Queries
 * block, so do not call this on an event loop.
 */
public class NvidiaSmi {

  /** Environment variable with the program's path, for a program that is not on {@code PATH}. */
  public static final String VARIABLE = "BAGNETLAB_NVIDIA_SMI";

  private static final Duration STANDARD_LIMIT = Duration.ofSeconds(10);

  /** Time in seconds that a killed process may take to exit. */
  private static final long DEATH_SECONDS = 1;

  /** The system's error for a missing program, as Java 17 and newer write it. */
  private static final Pattern MISSING = Pattern.compile("error[=:] ?2\\b");

  private final List<String> command;
  private final Duration limit;
  private final Clock clock;

  /** A process that could not be killed. */
  private @Nullable Process stuck;

  private volatile @Nullable Inventory latest;

  /** When the latest query began. */
  private long asked;

  /**
   * A custom nvidia-smi.
   *
   * @param command the program and its arguments, which precede those of the query
   * @param limit time limit of a query
   * @param clock clock for the times of readings
   */
  public NvidiaSmi(List<String> command, Duration limit, Clock clock) {
    this.command = Stream.concat(command.stream(), SmiOutput.ARGUMENTS.stream()).toList();
    this.limit = limit;
    this.clock = clock;
  }

  /** The program that {@value #VARIABLE} names, otherwise the one on the path. */
  public static NvidiaSmi of(Map<String, String> environment) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    return new NvidiaSmi(
        List.of(chosen.isBlank() ? "nvidia-smi" : chosen), STANDARD_LIMIT, Clock.systemUTC());
  }

  /** The GPUs now. */
  public Inventory inventory() {
    return inventory(System.nanoTime());
  }

  /**
   * The GPUs from a query that began at this time or later. Errors are listed as problems of the
   * inventory.
   *
   * @param since a time of {@link System#nanoTime()}
   */
  public synchronized Inventory inventory(long since) {
    Inventory recent = latest;
    if (recent == null || asked - since < 0) {
      asked = System.nanoTime();
      recent = query();
      latest = recent;
    }
    return recent;
  }

  /** The latest answer. Does not block. */
  public Optional<Inventory> latest() {
    return Optional.ofNullable(latest);
  }

  private Inventory query() {
    // A hanging driver keeps the process in the kernel, where signals cannot reach it. Do not start
    // another process in the meantime.
    if (stuck != null && stuck.isAlive()) {
      return problem(
          "The NVIDIA driver hangs: nvidia-smi was killed but has not exited. Restart the machine.");
    }
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      return problem(notStarted(String.valueOf(e.getMessage())));
    }
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return problem(
            "The NVIDIA driver hangs: nvidia-smi did not answer within %d seconds."
                .formatted(limit.toSeconds()));
      }
      // All output fits into the pipe's buffer: rows for sixteen GPUs fill a thirtieth of it.
      InputStream output = process.getInputStream();
      return SmiOutput.inventory(
          clock.instant(),
          process.exitValue(),
          new String(output.readNBytes(output.available()), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return problem("The output of nvidia-smi could not be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem("The search for GPUs was interrupted.");
    } finally {
      end(process);
    }
  }

  Process start() throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private Inventory problem(String sentence) {
    return new Inventory(clock.instant(), List.of(), List.of(sentence));
  }

  private void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      stuck = process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS) ? null : process;
    } catch (InterruptedException e) {
      stuck = process;
      Thread.currentThread().interrupt();
    }
  }

  private static String notStarted(String error) {
    return MISSING.matcher(error).find()
        ? "No NVIDIA driver is installed: nvidia-smi was not found."
        : "nvidia-smi could not be started: " + error;
  }
}
