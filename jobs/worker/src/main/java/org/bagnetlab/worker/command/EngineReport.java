package org.bagnetlab.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.worker.engine.ExhaustedMemory;

/**
 * What {@code doctor} shows of an engine.
 *
 * @param limits how fast its device is, if the engine can measure it
 */
record EngineReport(
    @JsonUnwrapped EngineFacts facts,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<StepProfile.Limits> limits) {

  static EngineReport of(Engine engine) {
    return new EngineReport(engine.facts(), limits(engine));
  }

  private static Optional<StepProfile.Limits> limits(Engine engine) {
    try {
      return engine.limits();
    } catch (RuntimeException | OutOfMemoryError e) {
      if (ExhaustedMemory.of(e).isPresent()) {
        return Optional.empty(); // The engine works; jobs use the memory that measuring takes.
      }
      throw e;
    }
  }
}
