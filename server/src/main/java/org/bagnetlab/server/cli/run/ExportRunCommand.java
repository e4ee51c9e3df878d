package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.NewFile;
import org.bagnetlab.server.model.ExportedNetwork;
import org.bagnetlab.server.model.ModelCard;
import org.bagnetlab.server.model.TensorBoardRun;
import org.bagnetlab.vision.architecture.Architectures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the network of a training for other programs. */
@Command(name = "export", description = "Write the network of a training for other programs.")
public final class ExportRunCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "Job ID of a training.")
  private long id;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Write it as ONNX, a new file. Of a BagNet, a second output has the logits of its"
              + " patches.")
  private @Nullable Path onnx;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Write a new directory for a model hub: the weights as safetensors, the network as ONNX,"
              + " and a model card.")
  private @Nullable Path model;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write its epochs as TensorBoard's events, into the new directory DIR/run-RUN.")
  private @Nullable Path tensorBoard;

  @Spec private @Nullable CommandSpec spec;

  @Override
  protected int run(LabClient client) throws Exception {
    Path events = tensorBoard == null ? null : tensorBoard.resolve("run-" + id);
    if (onnx == null && model == null && events == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Say what to write: --onnx FILE, --model DIR or --tensorboard DIR.");
    }
    Stream.of(onnx, model, events).filter(Objects::nonNull).forEach(NewFile::requireNew);
    if (onnx != null) {
      NewFile.requireWritable(onnx);
    }
    JsonNode run = client.get("runs/" + id);
    List<String> written = new ArrayList<>();
    if (onnx != null || model != null) {
      written.addAll(writeNetwork(client, run));
    }
    if (events != null) {
      Instant ended = Instant.parse(run.path("endedAt").asText());
      written.add(TensorBoardRun.write(run, ended, events).toString());
    }
    json.print(
        Map.of("run", id, "written", written),
        "Wrote %s.".formatted(String.join(" and ", written)));
    return 0;
  }

  private List<String> writeNetwork(LabClient client, JsonNode run)
      throws IOException, InterruptedException {
    Path checkpoint = Files.createTempFile("bagnetlab-", ".safetensors");
    try {
      client.download(checkpointOf(run), checkpoint);
      return writeNetwork(run, checkpoint);
    } finally {
      Files.deleteIfExists(checkpoint);
    }
  }

  private String checkpointOf(JsonNode run) {
    for (JsonNode artifact : run.path("artifacts")) {
      if (artifact.path("kind").asText().equals("checkpoint")) {
        return artifact.path("url").asText().replaceFirst("^/api/v1/", "");
      }
    }
    throw new Failure("Run %d has no checkpoint.".formatted(id));
  }

  private List<String> writeNetwork(JsonNode run, Path checkpoint) throws IOException {
    ExportedNetwork network = ExportedNetwork.read(checkpoint);
    List<String> written = new ArrayList<>();
    if (onnx != null) {
      writeOnnx(network, onnx);
      written.add(onnx.toString());
    }
    if (model != null) {
      Files.createDirectories(model);
      // Not copied with its permissions, which are those of a temporary file.
      try (OutputStream out = Files.newOutputStream(model.resolve("model.safetensors"))) {
        Files.copy(checkpoint, out);
      }
      writeOnnx(network, model.resolve("model.onnx"));
      String label = Architectures.named(network.architecture().name()).label();
      Files.writeString(model.resolve("README.md"), ModelCard.of(run, network, label));
      written.add(model.toString());
    }
    return written;
  }

  private static void writeOnnx(ExportedNetwork network, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      network.onnx().writeTo(out);
    }
  }
}
