package org.bagnetlab.queue;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Code;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.spec.SmallCatalogue;

/**
 * A worker that computes nothing; a word says how it behaves. Runs as a process of its own or, as
 * policy needs no process, as a {@link WorkerThread}.
 */
public final class TinyWorker {

  /** Leaves all that a study's jobs leave. */
  public static final String STUDY = "study";

  /** The digest of its code. */
  static final String CODE = "c0de".repeat(16);

  /** A file among the data sets that some wait for. */
  static final String GO = "go";

  private static final int CRASHED = 3;
  private static final int OUT_OF_MEMORY = 1;

  private final BufferedReader commands;
  private final Writer output;

  /** What it says that it has used. */
  static final Usage USAGE = new Usage(1.5, Optional.of(300L << 20), Optional.of(200L << 20));

  private final Writer errors;
  private final Map<String, String> variables;

  TinyWorker(
      InputStream commands,
      OutputStream output,
      OutputStream errors,
      Map<String, String> variables) {
    this.commands = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
    this.output = new OutputStreamWriter(output, StandardCharsets.UTF_8);
    this.errors = new OutputStreamWriter(errors, StandardCharsets.UTF_8);
    this.variables = variables;
  }

  /** Runs as a process that behaves as its argument says. */
  public static void main(String[] arguments) throws Exception {
    TinyWorker worker =
        new TinyWorker(
            System.in,
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.getenv());
    System.exit(worker.run(arguments[0]));
  }

  /**
   * Does one job.
   *
   * @return the exit code
   */
  int run(String behaviour) throws Exception {
    WorkerCommand.Run run =
        (WorkerCommand.Run) Json.MAPPER.readValue(commands.readLine(), WorkerCommand.class);
    Path directory = Path.of(run.assignment().directory());
    if (behaviour.equals("unprepared") && variables.containsKey(WorkerCommand.STARTED_AHEAD)) {
      heartbeat();
      log("java.lang.OutOfMemoryError: engine");
      return WorkerCommand.UNPREPARED;
    }
    ready();
    if (behaviour.equals(STUDY)) {
      new TinyStudy(this, directory).run(run.assignment());
      return 0;
    }
    report(new WorkerEvent.Progress(Phase.TRAINING, 2, 3, 31, 150, 40, 60));
    switch (behaviour) {
      case "train", "unprepared" -> train(directory, run.assignment());
      case "measure" -> {
        heartbeat();
        train(directory, run.assignment());
      }
      case "outgrow" -> {
        if (run.share().isPresent()) {
          return outOfGpuMemory();
        }
        train(directory, run.assignment());
      }
      case "exhaust" -> {
        return outOfGpuMemory();
      }
      case "obey" -> obey(directory);
      case "ignore" -> ignore();
      case "chatter" -> {
        chatter();
        obey(directory);
      }
      case "stall" -> stall();
      case "burst" -> flood(run.assignment(), 400); // no more than a pipe holds
      case "flood" -> flood(run.assignment(), 5000);
      case "crash" -> {
        log("java.lang.IllegalStateException: arrays");
        return CRASHED;
      }
      case "starve" -> {
        log("java.lang.OutOfMemoryError: arrays");
        log("  at Arrays.fill");
        return OUT_OF_MEMORY;
      }
      case "full" ->
          report(
              new WorkerEvent.Failed(
                  ErrorFamily.EXTERNAL, "disk-full", "The disk is full.", Optional.empty()));
      case "states" -> {
        report(new WorkerEvent.EpochEnded(1, 3e-3, 2.0, .5, 2, .25, true, 1));
        for (int batches = 10; batches <= 30; batches += 10) {
          state(directory, 2, batches);
        }
        report(new WorkerEvent.EpochEnded(2, 3e-3, 2.0, .5, 2, .25, true, 1));
        obey(directory);
      }
      case "gap" -> {
        state(directory, 2, 10);
        lie(directory);
        state(directory, 2, 20);
        ignore();
      }
      case "rung" -> {
        state(directory, 3, 0);
        report(new WorkerEvent.RungReached(run.assignment().lastEpoch().orElse(0)));
      }
      case "trial" -> trial(directory, run.assignment(), first -> first);
      case "fading" -> trial(directory, run.assignment(), first -> (1 - first) / 10);
      case "continue" -> resumed(run.assignment());
      case "refuse-device" ->
          report(new WorkerEvent.DeviceRefused("The self-test of CPU failed: its logits differ."));
      case "refuse" ->
          report(
              new WorkerEvent.Failed(
                  ErrorFamily.USER_ERROR,
                  "image-missing",
                  "There is no image 'a.jpg'.",
                  Optional.of("image")));
      case "coarse" -> {
        artifact(directory, ArtifactKind.HEATMAP, "coarse.png", "squares");
        ignore();
      }
      case "refine" -> {
        artifact(directory, ArtifactKind.HEATMAP, "coarse.png", "squares");
        artifact(
            directory,
            ArtifactKind.HEATMAP,
            "fine.png",
            "pixels",
            Map.of(),
            Optional.of("coarse.png"));
        report(new WorkerEvent.Succeeded());
      }
      case "lie" -> {
        lie(directory);
        report(new WorkerEvent.Succeeded());
      }
      case "invent" -> {
        report(
            new WorkerEvent.Result(
                "weather",
                "accuracy",
                "test",
                Json.MAPPER.createObjectNode(),
                .5,
                Optional.empty()));
        report(new WorkerEvent.Succeeded());
      }
      case "babble" -> babble(directory, run.assignment());
      default -> throw new IllegalArgumentException(behaviour);
    }
    return 0;
  }

  /** What computes the results of a worker like this. */
  public static Provenance provenance(String device, int threads) {
    return new Provenance(
        new Code("0.1.0", Optional.of(CODE), Optional.empty(), false),
        new RunningEngine("tiny 1", new TreeMap<>(), device, threads, true, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void ready() throws IOException {
    String device = variables.getOrDefault("CUDA_VISIBLE_DEVICES", "CPU, 1 core");
    report(
        new WorkerEvent.Ready(
            WorkerEvent.PROTOCOL,
            provenance(
                variables.getOrDefault("SLURMD_NODENAME", device),
                Integer.parseInt(variables.getOrDefault("OMP_NUM_THREADS", "0")))));
  }

  private int outOfGpuMemory() throws IOException {
    log("CUDA out of memory. Tried to allocate 2.00 GiB.");
    report(
        new WorkerEvent.Failed(
            ErrorFamily.INSUFFICIENT_RESOURCES,
            "out-of-memory",
            "Out of memory: CUDA out of memory. Tried to allocate 2.00 GiB.",
            Optional.empty()));
    return 0;
  }

  private void lie(Path directory) throws IOException {
    Files.writeString(directory.resolve("map.png"), "pixels");
    report(
        new WorkerEvent.ArtifactWritten(
            Optional.of("heatmap"),
            ArtifactKind.HEATMAP,
            "map.png",
            "image/png",
            "0".repeat(64),
            6,
            Map.of(),
            Optional.empty()));
  }

  private void train(Path directory, Assignment assignment) throws Exception {
    for (int epoch = 1; epoch <= 3; epoch++) {
      report(new WorkerEvent.EpochEnded(epoch, 3e-3, 2.0 / epoch, .5, 2, .25 * epoch, true, 1));
    }
    // A heatmap finds no accuracy.
    if (!assignment.spec().path("kind").asText().equals("heatmap")) {
      tested(.75, assignment.subject().isPresent() ? 200 : 100);
    }
    artifact(
        directory,
        assignment.subject().isPresent() ? ArtifactKind.PREDICTIONS : ArtifactKind.CHECKPOINT,
        "best.bin",
        "weights",
        Map.of(ArtifactFacts.DATASET_CHECKSUM, SmallCatalogue.CHECKSUM),
        Optional.empty());
    report(new WorkerEvent.Succeeded());
  }

  private void state(Path directory, int epoch, int batches) throws Exception {
    artifact(
        directory,
        ArtifactKind.TRAINING_STATE,
        "training-%d-%d".formatted(epoch, batches),
        "batch " + batches,
        Map.of("epoch", String.valueOf(epoch), "batches", String.valueOf(batches)),
        Optional.empty());
  }

  /**
   * Reaches a hundredth of its seed, from where it goes on to its rung or its end.
   *
   * @param after the accuracy of each epoch but the first, which has that of the seed
   */
  private void trial(Path directory, Assignment assignment, DoubleUnaryOperator after)
      throws Exception {
    TrainSpec spec = (TrainSpec) Experiments.read(assignment.spec());
    int from = 1;
    if (assignment.resumption().isPresent()) {
      from =
          Integer.parseInt(Files.readString(Path.of(assignment.resumption().get().checkpoint())));
    }
    int last = assignment.lastEpoch().orElse(spec.get(TrainExperiment.EPOCHS));
    for (int epoch = from; epoch <= last; epoch++) {
      double first = spec.seed() / 100.0;
      double accuracy = epoch == 1 ? first : after.applyAsDouble(first);
      report(new WorkerEvent.EpochEnded(epoch, 3e-3, 2.0, .5, 2, accuracy, true, 1));
    }
    if (last < spec.get(TrainExperiment.EPOCHS)) {
      artifact(
          directory,
          ArtifactKind.TRAINING_STATE,
          "training-%d-0".formatted(last + 1),
          Integer.toString(last + 1),
          Map.of("epoch", String.valueOf(last + 1), "batches", "0"),
          Optional.empty());
      report(new WorkerEvent.RungReached(last));
    } else {
      artifact(directory, ArtifactKind.CHECKPOINT, "best.bin", "weights");
      report(new WorkerEvent.Succeeded());
    }
  }

  /** Says what it goes on from as its result: the batches, or 1000 after the training, or 0. */
  private void resumed(Assignment assignment) throws IOException {
    int batches = 0;
    if (assignment.resumption().isPresent()) {
      Assignment.Resumption from = assignment.resumption().get();
      String content = Files.readString(Path.of(from.checkpoint()));
      batches = from.trained() ? 1000 : Integer.parseInt(content.replace("batch ", ""));
    }
    tested(.75, batches);
    report(new WorkerEvent.Succeeded());
  }

  private void obey(Path directory) throws Exception {
    if (awaitStop()) {
      state(directory, 2, 31);
      report(new WorkerEvent.Stopped(true));
    }
  }

  /** Waits for the command to stop; false: the server is gone. */
  boolean awaitStop() throws IOException {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (Json.MAPPER.readValue(line, WorkerCommand.class) instanceof WorkerCommand.Stop) {
        return true;
      }
    }
    return false;
  }

  /** Says every now and then how far it is. */
  private void chatter() {
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            try {
              report(new WorkerEvent.Progress(Phase.TRAINING, 2, 3, 32, 150, 40, 60));
            } catch (IOException e) {
              cancel(); // the worker has ended
            }
          }
        },
        0,
        150);
  }

  /** Once it may, says much and is done. */
  private void flood(Assignment assignment, int reports) throws IOException {
    while (!Files.exists(Path.of(assignment.datasets()).resolve(GO))) {
      Thread.onSpinWait();
    }
    report(new WorkerEvent.EpochEnded(1, 3e-3, 2.0, .5, 2, .25, true, 1));
    for (int i = 0; i < reports; i++) {
      report(new WorkerEvent.Progress(Phase.TRAINING, 2, 3, 32, 150, 40, 60));
    }
    for (int i = 0; i < 50; i++) {
      report(new WorkerEvent.EpochEnded(1, 3e-3, 2.0, .5, 2, .25, true, 1));
    }
    report(new WorkerEvent.Succeeded());
  }

  private void heartbeat() throws IOException {
    report(new WorkerEvent.Heartbeat(USAGE));
  }

  /** Says that it lives, and does nothing else. */
  private void stall() throws IOException {
    while (!commands.ready()) {
      heartbeat();
    }
    ignore();
  }

  private void ignore() throws IOException {
    while (commands.readLine() != null) {}
  }

  private void babble(Path directory, Assignment assignment) throws Exception {
    write(output, "a line for the log");
    write(output, "{\"event\":\"epoch\"}");
    write(output, "{\"event\":\"dance\"}");
    write(output, "{not json");
    write(output, "{" + "x".repeat(3_000_000));
    log("y".repeat(3_000_000));
    train(directory, assignment);
  }

  private void tested(double accuracy, int images) throws IOException {
    report(
        new WorkerEvent.Result(
            "accuracy",
            "accuracy",
            "test",
            Json.MAPPER.createObjectNode(),
            accuracy,
            Optional.of(images)));
  }

  private void artifact(Path directory, ArtifactKind kind, String name, String content)
      throws IOException, NoSuchAlgorithmException {
    artifact(directory, kind, name, content, Map.of(), Optional.empty());
  }

  private void artifact(
      Path directory,
      ArtifactKind kind,
      String name,
      String content,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException, NoSuchAlgorithmException {
    write(
        directory,
        Optional.empty(),
        kind,
        name,
        "application/octet-stream",
        content,
        facts,
        replaces);
  }

  /** Writes a file and reports it. */
  void write(
      Path directory,
      Optional<String> output,
      ArtifactKind kind,
      String name,
      String mediaType,
      String content,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException, NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve(name), bytes);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    report(
        new WorkerEvent.ArtifactWritten(
            output, kind, name, mediaType, sha256, bytes.length, facts, replaces));
  }

  /** Writes a line for the log. */
  void log(String line) throws IOException {
    write(errors, line);
  }

  void report(WorkerEvent event) throws IOException {
    if (event instanceof WorkerEvent.End) {
      heartbeat();
    }
    write(output, Json.line(event));
  }

  /** Fails when nobody can read it any more, as that ends a process. */
  private static void write(Writer stream, String line) throws IOException {
    synchronized (stream) {
      stream.write(line + "\n");
      stream.flush();
    }
  }
}
