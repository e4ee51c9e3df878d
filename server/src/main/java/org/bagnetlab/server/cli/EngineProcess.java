package org.bagnetlab.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.process.CommandLine;
import org.bagnetlab.queue.process.DeviceSlot;
import org.bagnetlab.queue.process.LocalLauncher;

/** Asks a process with an engine, since this one has none. */
final class EngineProcess {

  private EngineProcess() {}

  /** Asks, with all cores. */
  static JsonNode ask(EngineRequest request) throws IOException, InterruptedException {
    return ask(Runtime.getRuntime().availableProcessors(), request);
  }

  /**
   * Asks, and shows in a terminal how far the answer is.
   *
   * @throws Failure with the reason, if the request cannot be met
   */
  static JsonNode ask(int threads, EngineRequest request) throws IOException, InterruptedException {
    Countdown countdown = new Countdown("steps");
    countdown.begin("Starting the engine");
    Process process = start(threads, request);
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        EngineAnswer answer = answer(line);
        if (answer instanceof EngineAnswer.Progress progress) {
          countdown.report(progress.done(), progress.total());
          continue;
        }
        countdown.clear();
        if (answer instanceof EngineAnswer.Result result) {
          return result.value();
        }
        throw new Failure(((EngineAnswer.Failed) answer).message());
      }
    } finally {
      process.destroy();
    }
    countdown.clear();
    throw new Failure("The engine did not answer; see the lines above.");
  }

  private static Process start(int threads, EngineRequest request) throws IOException {
    DeviceSlot slot = new DeviceSlot("CPU", "cpu", threads);
    CommandLine worker = LocalLauncher.ofThisApplication().commandLine(slot);
    List<String> command = new ArrayList<>(worker.arguments());
    command.add(Json.line(request));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(worker.environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static EngineAnswer answer(String line) {
    try {
      return Json.MAPPER.readValue(line, EngineAnswer.class);
    } catch (JsonProcessingException e) {
      throw new Failure("The engine answered what is no answer: " + line);
    }
  }
}
