package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.engine.EngineProcess;

/**
 * Sends requests to an engine process of this application, and shows its progress in a terminal.
 * All methods fail with {@link org.bagnetlab.server.engine.EngineFailure}.
 */
public final class EngineClient {

  private EngineClient() {}

  /** The CPU, with the ND4J engine. */
  static DeviceSlot cpu(int threads) {
    return new DeviceSlot("CPU", "cpu", threads);
  }

  /** Sends a request to the CPU engine, with all cores. */
  public static JsonNode ask(EngineRequest request) throws IOException, InterruptedException {
    return ask(cpu(Runtime.getRuntime().availableProcessors()), request);
  }

  static JsonNode ask(DeviceSlot device, EngineRequest request)
      throws IOException, InterruptedException {
    ProgressLine progressLine = new ProgressLine("steps");
    progressLine.begin("Starting the engine");
    try (EngineProcess engine =
        EngineProcess.start(LocalLauncher.ofThisApplication(), device, request)) {
      return engine.answer(progressLine::report);
    } finally {
      progressLine.clear();
    }
  }

  /** Sends a request that only reads a file, with a time limit. */
  public static JsonNode read(Object file, EngineRequest request)
      throws IOException, InterruptedException {
    ProgressLine progressLine = new ProgressLine("steps");
    progressLine.begin("Reading " + file);
    try (EngineProcess reader =
        EngineProcess.start(LocalLauncher.ofThisApplication(), EngineProcess.READER, request)
            .within(EngineProcess.READING)) {
      return reader.answer(progressLine::report);
    } finally {
      progressLine.clear();
    }
  }
}
