package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.process.CommandLine;
import org.bagnetlab.queue.process.DeviceSlot;
import org.bagnetlab.queue.process.LocalLauncher;

/** Asks a process with an engine, since this one has none. */
final class EngineProcess {

  private EngineProcess() {}

  static JsonNode ask(int threads, List<String> arguments)
      throws IOException, InterruptedException {
    DeviceSlot slot = new DeviceSlot("CPU", "cpu", threads);
    CommandLine worker = LocalLauncher.ofThisApplication().commandLine(slot);
    List<String> command = new ArrayList<>(worker.arguments());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(worker.environment());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || output.isBlank()) {
      throw new Failure("The engine did not answer; see the lines above.");
    }
    return Json.MAPPER.readTree(output);
  }
}
