package org.bagnetlab.server.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.ExitCode;
import org.bagnetlab.queue.launch.WorkerLauncher;

/**
 * A separate process that answers one request. It is needed because the current process has no
 * engine, and must not crash if a file crashes its reader. {@code close} kills the process; it also
 * ends when the current process ends.
 */
public final class EngineProcess implements AutoCloseable {

  /** Time limit for reading a checkpoint. Even the largest take only seconds. */
  public static final Duration READING = Duration.ofMinutes(10);

  /** The device for requests that only read files, which need one thread and no engine. */
  public static final DeviceSlot READER = new DeviceSlot("CPU", "cpu", 1);

  private final Process process;
  private final LastLines said;
  private volatile boolean late;

  /** Receives the progress of the request. */
  @FunctionalInterface
  public interface Progress {
    /** Reports the number of units of work done. */
    void report(int done, int total);
  }

  private EngineProcess(Process process) {
    this.process = process;
    this.said = LastLines.of(process.getErrorStream());
  }

  /** Starts a process for a request. The process may compute on the device. */
  public static EngineProcess start(
      WorkerLauncher launcher, DeviceSlot device, EngineRequest request) throws IOException {
    return new EngineProcess(builder(launcher, device, request).start());
  }

  /**
   * Runs a request whose input and output are those of this process.
   *
   * @return the exit status
   */
  public static int attached(WorkerLauncher launcher, DeviceSlot device, EngineRequest request)
      throws IOException, InterruptedException {
    return builder(launcher, device, request).inheritIO().start().waitFor();
  }

  private static ProcessBuilder builder(
      WorkerLauncher launcher, DeviceSlot device, EngineRequest request) {
    CommandLine worker = launcher.commandLine(device);
    List<String> command = new ArrayList<>(worker.arguments());
    command.add(Json.line(request));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(worker.environment());
    return builder;
  }

  /** Sets a time limit, after which the process is killed. */
  public EngineProcess within(Duration limit) {
    var _ =
        process
            .onExit()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (ended, failure) -> {
                  if (failure instanceof TimeoutException) {
                    late = true;
                    end();
                  }
                });
    return this;
  }

  /**
   * Waits for the response.
   *
   * @throws EngineFailure with the reason, if the request fails
   */
  public JsonNode answer(Progress progress) throws IOException, InterruptedException {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (parsed(line)) {
          case EngineAnswer.Progress(int done, int total) -> progress.report(done, total);
          case EngineAnswer.Result result -> {
            return result.value();
          }
          case EngineAnswer.Failed failed -> {
            // All output of the process has been read, so it can be killed.
            end();
            throw new EngineFailure(failed, said.await());
          }
        }
      }
    }
    throw unanswered();
  }

  private EngineFailure unanswered() throws InterruptedException {
    ExitCode code = new ExitCode(process.waitFor());
    return late
        ? EngineFailure.late(said.await())
        : EngineFailure.unanswered(
            "no-answer", "The engine's process %s.".formatted(code.inWords()), said.await());
  }

  private static EngineAnswer parsed(String line) {
    try {
      return Json.MAPPER.readValue(line, EngineAnswer.class);
    } catch (JsonProcessingException e) {
      throw EngineFailure.unanswered(
          "no-answer", "The engine sent an invalid response: " + line, List.of());
    }
  }

  /**
   * Kills the process immediately. This uses the handle of the process because {@link
   * Process#destroy} would also close its streams, and then waiting callers would not be notified.
   */
  public void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  /** Kills the process and waits for its end, so that it writes no more files. */
  public void await() throws InterruptedException {
    end();
    var _ = process.waitFor();
  }

  @Override
  public void close() {
    end();
    process.destroyForcibly();
  }
}
