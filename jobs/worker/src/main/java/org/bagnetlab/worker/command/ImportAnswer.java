package org.bagnetlab.worker.command;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;

/** Imports weights. */
final class ImportAnswer {

  private ImportAnswer() {}

  static WeightsFacts to(EngineRequest.ImportWeights request) throws IOException {
    WeightsImport asked =
        new WeightsImport(
            request.architecture(), request.width(), request.source(), request.regime());
    return new WeightsStore(Path.of(request.weights()))
        .importFrom(request.name(), Path.of(request.file()), asked);
  }
}
