package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.server.cli.terminal.Countdown;
import org.bagnetlab.server.engine.EngineProcess;

/**
 * Asks a process of this application, and shows in a terminal how far the answer is. All fail with
 * {@link org.bagnetlab.server.engine.EngineFailure}.
 */
public final class EngineClient {

  private EngineClient() {}

  /** The CPU, with ND4J. */
  static DeviceSlot cpu(int threads) {
    return new DeviceSlot("CPU", "cpu", threads);
  }

  /** Asks the engine for the CPU, with all cores. */
  public static JsonNode ask(EngineRequest request) throws IOException, InterruptedException {
    return ask(cpu(Runtime.getRuntime().availableProcessors()), request);
  }

  static JsonNode ask(DeviceSlot device, EngineRequest request)
      throws IOException, InterruptedException {
    Countdown countdown = new Countdown("steps");
    countdown.begin("Starting the engine");
    try (EngineProcess engine =
        EngineProcess.start(LocalLauncher.ofThisApplication(), device, request)) {
      return engine.answer(countdown::report);
    } finally {
      countdown.clear();
    }
  }

  /** Asks what is answered by reading a file, in a limited time. */
  public static JsonNode read(Object file, EngineRequest request)
      throws IOException, InterruptedException {
    Countdown countdown = new Countdown("steps");
    countdown.begin("Reading " + file);
    try (EngineProcess reader =
        EngineProcess.start(LocalLauncher.ofThisApplication(), EngineProcess.READER, request)
            .within(EngineProcess.READING)) {
      return reader.answer(countdown::report);
    } finally {
      countdown.clear();
    }
  }
}
