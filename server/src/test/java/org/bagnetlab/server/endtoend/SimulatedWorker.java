package org.bagnetlab.server.endtoend;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Code;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * A worker on a {@link SimulatedGpus simulated GPU}. It computes nothing, but takes time, uses the
 * GPU's memory, runs out of it, stops when it is asked to, and resumes. How much memory a training
 * needs follows from its settings.
 */
public final class SimulatedWorker {

  private static final long MIB = 1L << 20;
  private static final long EPOCH_MILLIS = 700;

  private final PrintStream out;
  private final Assignment assignment;
  private final Optional<MemoryShare> share;
  private final Path memory;
  private volatile boolean stopping;

  private SimulatedWorker(PrintStream out, WorkerCommand.Run run, Path memory) {
    this.out = out;
    this.assignment = run.assignment();
    this.share = run.share();
    this.memory = memory;
  }

  /** Runs one job, like a real worker. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      return;
    }
    WorkerCommand.Run run = (WorkerCommand.Run) Json.MAPPER.readValue(line, WorkerCommand.class);
    SimulatedWorker worker =
        new SimulatedWorker(
            out, run, SimulatedGpus.memoryOf(System.getenv(), ProcessHandle.current().pid()));
    Thread listener = new Thread(() -> worker.listen(in));
    listener.setDaemon(true);
    listener.start();
    worker.run();
    System.exit(0);
  }

  /** Waits for the request to stop, or for the end of the server. */
  private void listen(BufferedReader in) {
    try {
      if (in.readLine() != null) {
        stopping = true;
        return;
      }
    } catch (IOException e) {
      System.err.println("The server is gone: " + e.getMessage());
    }
    Runtime.getRuntime().halt(3);
  }

  /** Memory in MiB that a training needs; one with seed 13 needs more than others like it. */
  static long need(int batchSize, double width, long seed) {
    return Math.round(1500 + 10 * batchSize * width + (seed == 13 ? 6000 : 0));
  }

  private void run() throws Exception {
    report(new WorkerEvent.Ready(WorkerEvent.PROTOCOL, provenance()));
    int epochs = assignment.spec().path("epochs").asInt();
    int first = 1;
    if (assignment.resumption().isPresent()) {
      Path state = Path.of(assignment.resumption().get().checkpoint());
      first = Integer.parseInt(Files.readString(state).strip()) + 1;
    }
    for (int epoch = first; epoch <= epochs; epoch++) {
      report(new WorkerEvent.Progress(Phase.TRAINING, epoch, epochs, 1, 10, 100, 10));
      if (!allocate()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(EPOCH_MILLIS);
      double accuracy = Math.min(.9, .1 * epoch);
      report(
          new WorkerEvent.EpochEnded(
              epoch, 1e-3, 2. / epoch, accuracy, 2.2 / epoch, accuracy, true, EPOCH_MILLIS / 1e3));
      leave(
          ArtifactKind.TRAINING_STATE,
          "training-%d-0".formatted(epoch),
          String.valueOf(epoch),
          Map.of("epoch", String.valueOf(epoch + 1), "batches", "0"));
      if (stopping) {
        report(used());
        report(new WorkerEvent.Stopped(true));
        return;
      }
    }
    succeed();
  }

  /** Uses the memory, if there is as much. */
  private boolean allocate() throws IOException {
    long need = need();
    long limit = share.map(MemoryShare::bytes).orElse(SimulatedGpus.MOST_OF_A_PROCESS * MIB);
    if (need * MIB > limit) {
      String message = "CUDA out of memory. Tried to allocate %d MiB.".formatted(need);
      System.err.println(message);
      report(used());
      report(
          new WorkerEvent.Failed(
              ErrorFamily.INSUFFICIENT_RESOURCES,
              "out-of-memory",
              "Out of memory: " + message,
              Optional.empty()));
      return false;
    }
    Files.createDirectories(memory.getParent());
    Files.writeString(memory, String.valueOf(need));
    return true;
  }

  private long need() {
    return need(
        assignment.spec().path("batchSize").asInt(),
        assignment.spec().path("width").asDouble(),
        assignment.spec().path("seed").asLong());
  }

  private void succeed() throws Exception {
    double accuracy = .5 + .01 * (assignment.spec().path("seed").asInt() % 40);
    for (String set : new String[] {"validation", "test", "scrambled"}) {
      for (String metric : new String[] {"accuracy", "loss"}) {
        report(
            new WorkerEvent.Result(
                metric,
                metric,
                set,
                set.equals("scrambled")
                    ? Json.MAPPER.createObjectNode().put("scrambleSeed", 1)
                    : Json.MAPPER.createObjectNode(),
                metric.equals("loss") ? 1 : accuracy,
                Optional.of(100)));
      }
    }
    leave(ArtifactKind.CHECKPOINT, "best.bin", "weights", Map.of());
    report(used());
    report(new WorkerEvent.Succeeded());
  }

  private WorkerEvent used() {
    return new WorkerEvent.Heartbeat(
        new Usage(1, Optional.of(100 * MIB), Optional.of(need() * MIB)));
  }

  private static Provenance provenance() {
    return new Provenance(
        new Code("0.1.0", Optional.of("c0de".repeat(16)), Optional.empty(), false),
        new RunningEngine(
            "simulated 1",
            new TreeMap<>(),
            System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "CPU"),
            1,
            true,
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void leave(ArtifactKind kind, String name, String content, Map<String, String> facts)
      throws IOException, GeneralSecurityException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(Path.of(assignment.directory()).resolve(name), bytes);
    report(
        new WorkerEvent.ArtifactWritten(
            Optional.empty(),
            kind,
            name,
            "application/octet-stream",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
            bytes.length,
            facts,
            Optional.empty()));
  }

  private synchronized void report(WorkerEvent event) {
    out.println(Json.line(event));
  }
}
