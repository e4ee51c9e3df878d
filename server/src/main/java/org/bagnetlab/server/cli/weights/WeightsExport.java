package org.bagnetlab.server.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.vision.weights.WeightsStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Exports imported weights, or the best weights of a training, for PyTorch. */
@Command(
    name = "export",
    description = {
      "Export imported weights, or the best weights of a training, as a safetensors file.",
      "Its tensors have the names of the public checkpoints, so PyTorch can load it."
    })
final class WeightsExport implements Callable<Integer> {

  /**
   * The file name of the weights of a training's best epoch; other checkpoints are states to resume
   * from.
   */
  private static final String BEST = "best.safetensors";

  @Parameters(
      index = "0",
      paramLabel = "NAME-OR-JOB",
      description = "Name of imported weights, or the job ID of a training on a running server.")
  private String nameOrJob = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Output file.")
  private Path file = Path.of("");

  @Mixin private JsonOption json = new JsonOption();
  @Mixin private DataOption data = new DataOption();
  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new Failure("Cannot write %s.".formatted(file));
    }
    // The old file remains until the new one is complete. It is created like any other file, since
    // a temporary file would have stricter permissions.
    Path part =
        Files.createFile(folder.resolve(".export-%s.safetensors".formatted(UUID.randomUUID())));
    try {
      write(part);
      FileTree.sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      FileTree.sync(folder);
    } finally {
      Files.deleteIfExists(part);
    }
    json.print(Map.of("weights", nameOrJob, "file", file.toString()), "Wrote %s.".formatted(file));
    return 0;
  }

  private void write(Path target) throws IOException, InterruptedException {
    WeightsStore store = WeightsCommand.store(data);
    if (store.find(nameOrJob).isPresent()) {
      try (OutputStream out = Files.newOutputStream(target)) {
        Files.copy(store.file(nameOrJob), out);
      }
    } else if (nameOrJob.matches("\\d{1,18}")) {
      LabClient client = server.client();
      client.download(bestCheckpoint(client.get("runs/" + nameOrJob)), target);
    } else {
      throw new Failure(
          "'%s' is neither imported weights nor a job ID. List weights with: ./bagnetlab weights list"
              .formatted(nameOrJob));
    }
  }

  /** The path of the best epoch's checkpoint, which a successful training has stored. */
  private String bestCheckpoint(JsonNode run) {
    if (!run.path("spec").path("kind").asText().equals("train")
        || !run.path("state").asText().equals("SUCCEEDED")) {
      throw new Failure(
          "Job %s is not a successful training, so it has no weights to export."
              .formatted(nameOrJob));
    }
    for (JsonNode artifact : run.path("artifacts")) {
      if (artifact.path("kind").asText().equals("checkpoint")
          && artifact.path("name").asText().equals(BEST)) {
        return "artifacts/" + artifact.path("id").asLong();
      }
    }
    throw new Failure(
        "Job %s has no weights: it saved none, or retention removed them.".formatted(nameOrJob));
  }
}
