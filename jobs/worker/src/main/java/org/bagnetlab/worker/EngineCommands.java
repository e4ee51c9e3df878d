package org.bagnetlab.worker;

import java.io.IOException;
import java.io.PrintStream;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;

/** Answers the one request of a process that runs no job. */
final class EngineCommands {

  private final PrintStream out;

  EngineCommands(PrintStream out) {
    this.out = out;
  }

  /** Writes the answer to a request; whatever goes wrong is an answer, too. */
  void answer(String request) {
    try {
      Object result = result(Json.MAPPER.readValue(request, EngineRequest.class));
      say(new EngineAnswer.Result(Json.MAPPER.valueToTree(result)));
    } catch (OutOfMemoryError e) {
      say(new EngineAnswer.Failed("This machine's memory is too small for it: " + e.getMessage()));
    } catch (IOException | RuntimeException e) {
      say(new EngineAnswer.Failed(e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private Object result(EngineRequest request) throws IOException {
    if (request instanceof EngineRequest.Bench bench) {
      return Benchmark.run(bench);
    }
    if (request instanceof EngineRequest.Predict predict) {
      return PredictionAnswer.to(predict);
    }
    if (request instanceof EngineRequest.Heatmap heatmap) {
      return HeatmapAnswer.to(
          heatmap, (done, total) -> say(new EngineAnswer.Progress(done, total)));
    }
    return LocalEngine.start().facts();
  }

  private void say(EngineAnswer answer) {
    out.println(Json.line(answer));
  }
}
