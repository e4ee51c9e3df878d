package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.vision.weights.WeightsStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes imported weights, or those that a training found, for PyTorch. */
@Command(
    name = "export",
    description = {
      "Write imported weights, or the best of a training, as a safetensors file.",
      "Its tensors have the public checkpoints' names, so that PyTorch loads it."
    },
    mixinStandardHelpOptions = true)
final class WeightsExport implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "NAME-OR-JOB",
      description = "Imported weights, or the number of a training that a running server knows.")
  private String nameOrJob = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file = Path.of("");

  @Mixin private DataOption data = new DataOption();
  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new Failure("%s cannot be written.".formatted(file));
    }
    // Whatever happens, there is the old file or the whole new one.
    Path aside = Files.createTempFile(folder, ".export", ".safetensors");
    try {
      write(aside);
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    System.out.printf("Wrote %s.%n", file);
    return 0;
  }

  private void write(Path target) throws IOException, InterruptedException {
    WeightsStore store = WeightsCommand.store(data);
    if (store.find(nameOrJob).isPresent()) {
      Files.copy(store.file(nameOrJob), target, StandardCopyOption.REPLACE_EXISTING);
    } else if (nameOrJob.matches("\\d{1,18}")) {
      LabClient client = server.client();
      client.download(bestCheckpoint(client.get("runs/" + nameOrJob)), target);
    } else {
      throw new Failure(
          "There are no weights '%s', and it is no job's number. List them with: ./bagnetlab weights list"
              .formatted(nameOrJob));
    }
  }

  /**
   * The address of the last checkpoint that a finished training left, which is of its best epoch.
   */
  private String bestCheckpoint(JsonNode run) {
    if (!run.path("spec").path("kind").asText().equals("train")
        || !run.path("state").asText().equals("SUCCEEDED")) {
      throw new Failure(
          "Job %s is no training that succeeded, so it has no weights to export."
              .formatted(nameOrJob));
    }
    Optional<String> best = Optional.empty();
    for (JsonNode artifact : run.path("artifacts")) {
      if (artifact.path("kind").asText().equals("checkpoint")) {
        best = Optional.of("artifacts/" + artifact.path("id").asLong());
      }
    }
    return best.orElseThrow(() -> new Failure("Job %s left no weights.".formatted(nameOrJob)));
  }
}
