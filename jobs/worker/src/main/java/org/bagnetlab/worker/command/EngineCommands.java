package org.bagnetlab.worker.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.worker.engine.LocalEngine;

/** Answers the one request of a process that runs no job. */
public final class EngineCommands {

  private final PrintStream out;
  private final PrintStream log;
  private final BlockingQueue<String> lines;

  /** Receives the number of completed parts of the work for an answer. */
  @FunctionalInterface
  interface Progress {
    void report(int done, int total);
  }

  /**
   * Answers requests.
   *
   * @param out receives the answers
   * @param log receives details for debugging
   * @param lines what the asker writes after the request
   */
  public EngineCommands(PrintStream out, PrintStream log, BlockingQueue<String> lines) {
    this.out = out;
    this.log = log;
    this.lines = lines;
  }

  /**
   * Writes the answer to a request. Failures are answers, too. Turns of a benchmark have an answer
   * each.
   */
  public void answer(String request) {
    try {
      EngineRequest asked = Json.MAPPER.readValue(request, EngineRequest.class);
      if (asked instanceof EngineRequest.BenchTurns(EngineRequest.Bench bench)) {
        Benchmark.inTurns(bench, lines, this::sayResult);
      } else {
        sayResult(result(asked));
      }
    } catch (IOException | DatasetException | RuntimeException | OutOfMemoryError e) {
      e.printStackTrace(log);
      say(EngineFailures.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Object result(EngineRequest request) throws IOException, DatasetException {
    return switch (request) {
      case EngineRequest.Doctor() -> EngineReport.of(LocalEngine.start());
      case EngineRequest.Bench bench -> Benchmark.run(bench, this::progress);
      case EngineRequest.Profile(EngineRequest.Bench bench) -> Benchmark.profile(bench);
      case EngineRequest.BenchTurns _ ->
          throw new IllegalStateException("Turns have many results.");
      case EngineRequest.Predict predict -> PredictionAnswer.to(predict);
      case EngineRequest.Heatmap heatmap -> HeatmapAnswer.to(heatmap, this::progress);
      case EngineRequest.InspectWeights inspect -> InspectionAnswer.to(inspect);
      case EngineRequest.ImportWeights asked -> ImportAnswer.to(asked);
      case EngineRequest.ImportDataset(String name, String file, String datasets, String staged) ->
          new DatasetStore(Path.of(datasets))
              .importFrom(name, Path.of(file), this::progress, staged);
    };
  }

  private void progress(int done, int total) {
    say(new EngineAnswer.Progress(done, total));
  }

  private void sayResult(Object result) {
    say(new EngineAnswer.Result(Json.MAPPER.valueToTree(result)));
  }

  private void say(EngineAnswer answer) {
    out.println(Json.line(answer));
  }
}
