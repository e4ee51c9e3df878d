package org.bagnetlab.server.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.cli.engine.EngineClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.cli.terminal.Verbosity;
import org.bagnetlab.vision.architecture.Architectures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the contents of a checkpoint, and its network. */
@Command(
    name = "inspect",
    description = {
      "Show the contents of a checkpoint and the network that it fits; with --verbose, every tensor.",
      "Fails if the file cannot be read, nearly fits a network but does not match it, or contains",
      "NaN or infinite values."
    })
final class WeightsInspect implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Checkpoint file.")
  private Path file = Path.of("");

  @Mixin private JsonOption json = new JsonOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    JsonNode inspection =
        EngineClient.read(
            file.getFileName(), new EngineRequest.InspectWeights(file.toAbsolutePath().toString()));
    if (!json.printed(inspection)) {
      print(inspection);
    }
    String problem = inspection.path("problem").asText("");
    if (!problem.isEmpty()) {
      throw new Failure(problem);
    }
    return 0;
  }

  private void print(JsonNode inspection) {
    System.out.printf(
        "%s, %d tensors%n", inspection.path("format").asText(), inspection.path("tensors").size());
    if (Verbosity.verbose(spec)) {
      for (JsonNode tensor : inspection.path("tensors")) {
        System.out.printf(
            "  %-50s %-8s %s%n",
            Terminal.shown(tensor.path("name").asText()),
            tensor.path("dtype").asText(),
            tensor.path("shape"));
      }
    }
    System.out.println(owner(inspection));
    inspection.path("notes").forEach(note -> System.out.println(Terminal.line(note.asText())));
  }

  private static String owner(JsonNode inspection) {
    String architecture = inspection.path("architecture").asText("");
    if (inspection.path("architecture").isNull()) {
      return "No matching network.";
    }
    String label = Architectures.named(architecture).label();
    return inspection.has("problem")
        ? "Close to %s, but does not fit.".formatted(label)
        : "%s (--arch %s), width %s, %d classes"
            .formatted(
                label,
                architecture,
                inspection.path("width").asText(),
                inspection.path("classes").asInt());
  }
}
