package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints a network's prediction for an image. */
@Command(
    name = "predict",
    description = "Classify an image with a network and weights from a file.")
public final class PredictCommand implements Callable<Integer> {

  private static final int SHOWN = 5;

  @Mixin private SubjectOptions subject = new SubjectOptions();

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  public Integer call() throws Exception {
    JsonNode result = EngineClient.ask(engine.slot(), new EngineRequest.Predict(subject.subject()));
    if (!json.printed(result)) {
      print(result);
    }
    return 0;
  }

  private static void print(JsonNode result) {
    result.path("notes").forEach(note -> System.out.println(Terminal.line(note.asText())));
    String name = Terminal.shown(result.path("predictedClass").asText(""));
    System.out.printf(
        "Class %d%s%n", result.path("predicted").asInt(), name.isEmpty() ? "" : ", " + name);
    JsonNode probabilities = result.path("probabilities");
    IntStream.range(0, probabilities.size())
        .boxed()
        .sorted(Comparator.comparing(i -> -probabilities.get(i).asDouble()))
        .limit(SHOWN)
        .forEach(
            i ->
                System.out.printf(
                    "  class %4d  probability %.4f  logit %9.4f%n",
                    i, probabilities.get(i).asDouble(), result.path("logits").get(i).asDouble()));
  }
}
