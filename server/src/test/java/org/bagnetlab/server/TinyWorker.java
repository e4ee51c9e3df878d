package org.bagnetlab.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.evaluate.EvaluateSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * A real worker process that computes nothing. With seed 99 it waits in the second epoch until it
 * is told to stop; with any other it leaves results that depend on the seed.
 *
 * <p>What needs no engine it answers as the real one does, except that an import under a name which
 * begins with {@value #WAITING_IMPORT} first connects to the port that its source names, and waits
 * until it hears something or nobody is there.
 */
final class TinyWorker {

  static final String WAITING_IMPORT = "waiting";

  private static final int WAITING_SEED = 99;

  private final BufferedReader commands =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private TinyWorker() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      answer(arguments);
    } else {
      new TinyWorker().run();
    }
  }

  private static void answer(String[] arguments) throws Exception {
    if (Json.MAPPER.readValue(arguments[0], EngineRequest.class)
            instanceof EngineRequest.ImportWeights asked
        && asked.name().startsWith(WAITING_IMPORT)) {
      try (Socket test = new Socket(InetAddress.getLoopbackAddress(), port(asked))) {
        int unused = test.getInputStream().read();
      }
    }
    org.bagnetlab.worker.Main.main(arguments);
  }

  private static int port(EngineRequest.ImportWeights asked) {
    return Integer.parseInt(asked.source());
  }

  private void run() throws Exception {
    WorkerCommand.Run run =
        (WorkerCommand.Run) Json.MAPPER.readValue(commands.readLine(), WorkerCommand.class);
    Assignment assignment = run.assignment();
    Path directory = Path.of(assignment.directory());
    System.err.println("the worker's first words");
    report(new WorkerEvent.Ready(WorkerEvent.PROTOCOL, "tiny 1", "CPU, 1 core", 1, true, "0.1.0"));
    report(new WorkerEvent.EpochEnded(1, 3e-3, 2.5, .1, Double.NaN, .2, true, 1.5));
    report(new WorkerEvent.Progress(Phase.TRAINING, 2, 6, 31, 150, 40, 60));
    JobSpec spec = Experiments.read(assignment.spec());
    if (spec instanceof TrainSpec train) {
      if (train.seed() == WAITING_SEED) {
        waitForCancel(directory);
      } else {
        train(directory, train);
      }
    } else {
      if (spec instanceof EvaluateSpec evaluate) {
        measured(MeasuredSet.SCRAMBLED, .35, Map.of("scrambleSeed", evaluate.scrambleSeed()));
      }
      report(new WorkerEvent.Succeeded());
    }
  }

  private void waitForCancel(Path directory) throws Exception {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (Json.MAPPER.readValue(line, WorkerCommand.class) instanceof WorkerCommand.Stop) {
        leave(directory, ArtifactKind.CHECKPOINT, "last.bin", "weights", Map.of());
        report(new WorkerEvent.Stopped(true));
        return;
      }
    }
  }

  private static void train(Path directory, TrainSpec spec) throws Exception {
    int correct = (int) (50 + spec.seed());
    measured(MeasuredSet.VALIDATION, correct / 100.0, Map.of());
    measured(MeasuredSet.TEST, correct / 100.0, Map.of());
    measured(MeasuredSet.SCRAMBLED, .25, Map.of("scrambleSeed", spec.seed()));
    leave(directory, ArtifactKind.CHECKPOINT, "best.bin", "weights", Map.of());
    leave(
        directory,
        ArtifactKind.SPLIT,
        "split.json",
        "{}",
        Map.of("datasetChecksum", "abc", "splitChecksum", "def"));
    leave(
        directory,
        ArtifactKind.PREDICTIONS,
        "predictions.json",
        """
        {"classes": ["a", "b"], "validation": [], "test": [
          {"image": "test/a.png", "label": 0, "predicted": 0, "logits": [1, 0]},
          {"image": "test/b.png", "label": 0, "predicted": 1, "logits": [0, 1]}],
         "scrambled": []}
        """,
        Map.of());
    Map<String, String> facts =
        Map.of(
            "image",
            "test/a.png",
            "class",
            "a",
            "label",
            "a",
            "predicted",
            "b",
            "minimum",
            "-1",
            "maximum",
            "2");
    leave(directory, ArtifactKind.IMAGE, "1-image.png", "image", facts);
    leave(directory, ArtifactKind.SCRAMBLED_IMAGE, "1-scrambled.png", "scrambled", facts);
    if (spec.architecture().startsWith("bagnet")) {
      leave(directory, ArtifactKind.HEATMAP, "1-heatmap.png", "heatmap", facts);
      leave(directory, ArtifactKind.SCRAMBLED_HEATMAP, "1-scrambled-heatmap.png", "s", facts);
    }
    report(new WorkerEvent.Succeeded());
  }

  private static void measured(MeasuredSet set, double accuracy, Map<String, ?> axes) {
    found("accuracy", set, axes, accuracy);
    found("loss", set, axes, 1);
  }

  private static void found(String output, MeasuredSet set, Map<String, ?> axes, double value) {
    report(
        new WorkerEvent.Result(
            output, output, set.text(), Json.MAPPER.valueToTree(axes), value, Optional.of(100)));
  }

  private static void leave(
      Path directory, ArtifactKind kind, String name, String content, Map<String, String> facts)
      throws IOException, NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve(name), bytes);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    String type =
        name.endsWith(".png")
            ? "image/png"
            : name.endsWith(".json") ? "application/json" : "application/octet-stream";
    report(
        new WorkerEvent.ArtifactWritten(
            output(kind), kind, name, type, sha256, bytes.length, facts, Optional.empty()));
  }

  private static Optional<String> output(ArtifactKind kind) {
    return switch (kind) {
      case IMAGE, SCRAMBLED_IMAGE -> Optional.of("pictures");
      case HEATMAP, SCRAMBLED_HEATMAP, MAP -> Optional.of("heatmap");
      case CHECKPOINT, TRAINING_STATE, SPLIT, PREDICTIONS, PICTURE, MATRIX -> Optional.empty();
    };
  }

  private static void report(WorkerEvent event) {
    System.out.println(Json.line(event));
  }
}
