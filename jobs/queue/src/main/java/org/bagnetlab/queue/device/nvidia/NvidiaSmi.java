package org.bagnetlab.queue.device.nvidia;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queries NVIDIA's program nvidia-smi for GPUs and their readings. It is part of every driver, so
 * nothing has to be linked or loaded into the server. One thread at a time runs it; callers block,
 * so do not call it on an event loop.
 */
public final class NvidiaSmi {

  /** Names the program, where it is not on the path. */
  public static final String VARIABLE = "BAGNETLAB_NVIDIA_SMI";

  private static final Duration STANDARD_LIMIT = Duration.ofSeconds(10);

  /** How long a killed process may take to exit. */
  private static final long DEATH_SECONDS = 1;

  /** A thousand times the output of nvidia-smi for sixteen GPUs. */
  private static final int LONGEST_ANSWER = 2 << 20;

  /** The system's error for a missing program, as Java 17 and newer ones write it. */
  private static final Pattern MISSING = Pattern.compile("error[=:] ?2\\b");

  private final Starter starter;

  private final Duration limit;

  /** A process that could not be killed. */
  private @Nullable Process stuck;

  /**
   * A custom nvidia-smi.
   *
   * @param command the program, and arguments that come before the query's
   * @param limit how long the query may take, including all attempts
   */
  public NvidiaSmi(List<String> command, Duration limit) {
    this(
        arguments ->
            new ProcessBuilder(Stream.concat(command.stream(), arguments.stream()).toList())
                .redirectErrorStream(true)
                .start(),
        limit);
  }

  NvidiaSmi(Starter starter, Duration limit) {
    this.starter = starter;
    this.limit = limit;
  }

  /**
   * The nvidia-smi given by the environment variable {@value #VARIABLE}, otherwise the one on the
   * path, with a limit of 10 seconds.
   */
  public static NvidiaSmi of(Map<String, String> environment) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    return new NvidiaSmi(List.of(chosen.isBlank() ? "nvidia-smi" : chosen), STANDARD_LIMIT);
  }

  /** The GPUs now. Whatever goes wrong is in the result. */
  public synchronized Inventory inventory() {
    // A hanging driver keeps the process in the kernel, where no signal reaches it. Do not start
    // another one while it hangs.
    if (stuck != null && stuck.isAlive()) {
      return new Inventory.Unavailable(
          "The NVIDIA driver hangs: nvidia-smi was killed but has not exited. Restart the"
              + " machine.");
    }
    stuck = null;
    return ask(SmiQuery.full(), System.nanoTime() + limit.toNanos());
  }

  private Inventory ask(SmiQuery query, long deadline) {
    Process process;
    try {
      process = starter.start(query.arguments());
    } catch (IOException e) {
      return new Inventory.Unavailable(notStarted(e));
    }
    try {
      SmiAnswer answer = await(process, deadline);
      Optional<SmiQuery> simpler = query.simpler(answer.text());
      return simpler.isPresent() ? ask(simpler.get(), deadline) : answer.inventory(query);
    } catch (TimeoutException e) {
      return new Inventory.Unavailable(
          "The NVIDIA driver hangs: nvidia-smi did not answer within %d seconds."
              .formatted(limit.toSeconds()));
    } catch (ExecutionException e) {
      return new Inventory.Unavailable(
          "The output of nvidia-smi could not be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Inventory.Unavailable("The search for GPUs was interrupted.");
    } finally {
      end(process);
    }
  }

  private static SmiAnswer await(Process process, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    // Reading cannot be interrupted, so the thread may have to be abandoned.
    FutureTask<String> text = new FutureTask<>(() -> text(process));
    Thread reader = new Thread(text, "nvidia-smi");
    reader.setDaemon(true);
    reader.start();
    String answer = text.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException();
    }
    return new SmiAnswer(process.exitValue(), answer);
  }

  private static String text(Process process) throws IOException {
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      return new String(output.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }
  }

  private void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      if (!process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
        stuck = process;
      }
    } catch (InterruptedException e) {
      stuck = process;
      Thread.currentThread().interrupt();
    }
  }

  private static String notStarted(IOException exception) {
    String message = String.valueOf(exception.getMessage());
    return MISSING.matcher(message).find()
        ? "No NVIDIA driver is installed: nvidia-smi was not found."
        : "nvidia-smi could not be started: " + message;
  }

  /** Starts nvidia-smi; its errors go where its output goes. */
  @FunctionalInterface
  interface Starter {
    Process start(List<String> arguments) throws IOException;
  }
}
