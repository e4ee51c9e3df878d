package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TinyFileSystem;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.vision.dataset.imported.DatasetException;

/** A real lab through a night: it is given jobs, and asked in the morning what became of them. */
final class Night implements AutoCloseable {

  static final int EPOCHS = 24;
  static final int TRAININGS = 2;

  /** What a sweep has for each training: it, its evaluation, and a heatmap. */
  static final int JOBS = 3;

  static final int BIG_SWEEP = 1_000;

  private static final String BIG_SWEEP_NAME = "big";

  private static final String BIG_SWEEP_SETTINGS =
      """
      {"name": "big", "base": {"architecture": "resnet50", "dataset": "small-scenes", "epochs": 1},
       "grid": {"seed": %s}}
      """;

  /** Two trainings and what is about them; one of these cannot be done, whatever is tried. */
  private static final String SWEEP =
      """
      {"name": "%s", "stopAfterFailures": 0,
       "base": {"architecture": "bagnet9", "dataset": "small-scenes", "imageSize": 64,
                "width": 0.03, "epochs": %d, "batchSize": 8, "heatmapStride": 8},
       "grid": {"seed": %s},
       "then": [{"kind": "evaluate", "scrambleSeed": 2},
                {"kind": "heatmap", "stride": 8, "image": "no-such-image"}]}
      """;

  /** Impatient with what is silent, patient with what is killed again and again. */
  private static final String CONFIGURATION =
      """
      workers:
        silence: 8s
        grace: 10s
        checkpointEvery: 1s
        attempts: 1000
        retryAfter: 100ms
      """;

  private static final String BACKEND = System.getProperty("bagnetlab.chaos.backend", "cpu");

  private static final Set<String> UNDER_WAY =
      Set.of("QUEUED", "RUNNING", "PAUSING", "INTERRUPTED");
  private static final Set<String> DONE = Set.of("SUCCEEDED", "FAILED");

  private final Path data;
  private final TinyFileSystem disk;
  private final Application application;
  private Application.Running server;
  private Lab lab;
  private int sweeps;

  /** Starts a lab there, on a disk of this size if it can have one. */
  Night(Path data, int megabytes) throws IOException, DatasetException {
    this.data = Files.createDirectories(data);
    disk = TinyFileSystem.on(data, megabytes);
    try {
      Files.writeString(data.resolve("bagnetlab.yaml"), CONFIGURATION);
      application = new Application(data).withSmallScenes();
      server = application.serve("--backend", BACKEND);
      lab = new Lab(server.address());
    } catch (IOException | DatasetException | RuntimeException | Error e) {
      disk.close();
      throw e;
    }
  }

  /** The running server's interface. */
  Lab lab() {
    return lab;
  }

  TinyFileSystem disk() {
    return disk;
  }

  /** How many sweeps it was given. */
  int sweeps() {
    return sweeps;
  }

  private static String name(int sweep) {
    return "night-" + sweep;
  }

  /** Gives it a sweep of jobs that no other has. */
  void queueMore() throws Exception {
    sweeps++;
    List<Long> seeds =
        LongStream.rangeClosed(1, TRAININGS).mapToObj(seed -> sweeps * 100L + seed).toList();
    JsonNode sweep = lab.post("sweeps", SWEEP.formatted(name(sweeps), EPOCHS, seeds));
    assertThat(sweep.path("jobs")).as("%s", sweep).hasSize(JOBS * TRAININGS);
  }

  /** Whether the server said that it took so many jobs that nobody wants. */
  CompletableFuture<Boolean> submitBigSweep() {
    List<Long> seeds = LongStream.rangeClosed(1, BIG_SWEEP).boxed().toList();
    Lab asked = lab;
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return asked.post("sweeps", BIG_SWEEP_SETTINGS.formatted(seeds)).path("jobs").size()
                == BIG_SWEEP;
          } catch (IOException | InterruptedException e) {
            return false; // killed meanwhile
          }
        });
  }

  /** How many of those jobs there are. */
  int bigSweepJobs() throws Exception {
    return lab.get("sweeps/" + BIG_SWEEP_NAME).path("jobs").size();
  }

  /** Cancels and deletes them. */
  void removeBigSweep() throws Exception {
    lab.post("sweeps/" + BIG_SWEEP_NAME + "/cancel", "{}");
    while (bigSweepJobs() > 0) {
      lab.delete("sweeps/" + BIG_SWEEP_NAME); // refused while one of them still runs
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Gives it more when its last training has ended. */
  void keepBusy() throws Exception {
    for (JsonNode job : lab.get("sweeps/" + name(sweeps)).path("jobs")) {
      if (isTraining(job) && UNDER_WAY.contains(job.path("state").asText())) {
        return;
      }
    }
    queueMore();
  }

  static boolean isTraining(JsonNode job) {
    return job.path("spec").path("kind").asText().equals("train");
  }

  List<JsonNode> jobs(String state) throws Exception {
    List<JsonNode> jobs = new ArrayList<>();
    lab.get("jobs?limit=1000&state=" + state).path("jobs").forEach(jobs::add);
    return jobs;
  }

  /** The causes of a job's changes, the oldest first. */
  List<String> causes(long job) throws Exception {
    return lab.get("jobs/" + job + "/timeline").findValuesAsText("cause");
  }

  /** States that a training left, the newest first. */
  List<Path> states(long job) throws IOException {
    Path directory = data.resolve("artifacts").resolve(Long.toString(job));
    record Dated(Path file, Instant at) {}
    List<Dated> states = new ArrayList<>();
    for (Path file : files(directory)) {
      if (file.toString().contains("training-")) {
        states.add(new Dated(file, Files.getLastModifiedTime(file).toInstant()));
      }
    }
    return states.stream()
        .sorted((one, other) -> other.at().compareTo(one.at()))
        .map(Dated::file)
        .toList();
  }

  /** As a power cut would. */
  void killServer() {
    server.kill();
  }

  void startServer() throws IOException {
    server = application.serve("--backend", BACKEND);
    lab = new Lab(server.address());
  }

  /** Removes the database file, or puts one in its place that is no database. */
  void loseDatabase(boolean replace) throws IOException {
    Files.delete(database());
    if (replace) {
      Files.writeString(database(), "another file");
    }
  }

  /** Why the server is not ready; empty: it is. */
  Optional<String> whyNotReady() throws Exception {
    JsonNode ready = lab.get("health/ready");
    return ready.path("status").asText().equals("UP")
        ? Optional.empty()
        : Optional.of(ready.toString());
  }

  /** Puts what the server saved of a lost database file in its place. */
  void restoreDatabase() throws IOException {
    for (Path file : files(data.resolve("database"))) {
      if (file.getFileName().toString().contains("-rescued-")) {
        Files.move(file, database(), StandardCopyOption.REPLACE_EXISTING);
        return;
      }
    }
    throw new AssertionError("Nothing was saved: " + names("database"));
  }

  private Path database() {
    return data.resolve("database/bagnetlab.mv.db");
  }

  /** In order, as long as that may take. */
  void stopServer() throws InterruptedException {
    server.process().destroy();
    assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Lets all that is paused go on. */
  void resumeAll() throws Exception {
    for (JsonNode job : jobs("PAUSED")) {
      lab.post("jobs/" + job.path("id").asLong() + "/resume", "{}");
    }
  }

  /** Whatever is left is done now. */
  void awaitMorning(Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!morning()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It is not morning: " + lab.get("jobs?limit=1000"));
      }
      resumeAll();
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private boolean morning() throws Exception {
    JsonNode counts = lab.get("jobs?limit=1").path("counts");
    return !counts.isEmpty()
        && counts.properties().stream().allMatch(entry -> DONE.contains(entry.getKey()));
  }

  /** All that a job found out and how it ended, without times and numbers of its own. */
  Map<String, JsonNode> outcomes() throws Exception {
    Map<String, JsonNode> outcomes = new TreeMap<>();
    for (int sweep = 1; sweep <= sweeps; sweep++) {
      int position = 0;
      for (JsonNode job : lab.get("sweeps/" + name(sweep)).path("jobs")) {
        assertUnbrokenTimeline(job);
        outcomes.put(name(sweep) + ", " + ++position, outcome(job));
      }
    }
    return outcomes;
  }

  private ObjectNode outcome(JsonNode job) throws Exception {
    JsonNode run = lab.get("runs/" + job.path("id").asLong());
    ObjectNode outcome = Json.MAPPER.createObjectNode();
    // The number of a run depends on what else was queued.
    outcome.set("spec", job.path("spec").<ObjectNode>deepCopy().without("run"));
    outcome.set("state", job.path("state"));
    outcome.set("error", job.path("error"));
    outcome.set("results", run.path("results"));
    run.path("history").forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
    outcome.set("history", run.path("history"));
    List<String> files = new ArrayList<>();
    run.path("artifacts")
        .forEach(
            file -> files.add(file.path("name").asText() + " " + file.path("sha256").asText()));
    outcome.put("files", String.join(", ", files.stream().sorted().toList()));
    return outcome;
  }

  /** Every change follows from the one before, has its cause and its time, and is told once. */
  private void assertUnbrokenTimeline(JsonNode job) throws Exception {
    long id = job.path("id").asLong();
    JsonNode timeline = lab.get("jobs/" + id + "/timeline").path("transitions");
    String state = "";
    Instant at = Instant.MIN;
    String told = "";
    for (JsonNode change : timeline) {
      assertThat(change.path("from").asText("")).as("job %d: %s", id, timeline).isEqualTo(state);
      state = change.path("to").asText();
      String cause = change.path("cause").asText();
      assertThat(cause).as("job %d: %s", id, timeline).isNotBlank();
      Instant then = Instant.parse(change.path("at").asText());
      assertThat(then).as("job %d: %s", id, timeline).isAfterOrEqualTo(at);
      at = then;
      // What is only noted changes no state.
      String now = state + ": " + cause;
      assertThat(now).as("job %d: %s", id, timeline).isNotEqualTo(told);
      told = now;
    }
    assertThat(state).isEqualTo(job.path("state").asText());
  }

  /**
   * Stops the server in order. Nothing is left of it and of its workers but the logs and the files
   * of which the database knows.
   *
   * @return the files that belong to no job
   */
  Set<String> end() throws Exception {
    server.process().destroy();
    assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(processes()).isEmpty();
    assertThat(names("runs")).allMatch(file -> file.endsWith("/log.txt"));
    assertThat(names("uploads")).isEmpty();
    assertThat(names("artifacts")).isEqualTo(known());
    Set<String> others = names("");
    others.removeIf(file -> file.startsWith("runs/") || file.startsWith("artifacts/"));
    others.remove("database/bagnetlab.trace.db"); // what H2 says of a full disk
    return others;
  }

  /** The files that the database knows, by their paths in the data directory. */
  private Set<String> known() throws IOException {
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database())) {
      Set<String> known = new TreeSet<>();
      for (ArtifactRow row :
          database
              .read(tables -> tables.artifacts().ofJobs(Set.copyOf(tables.jobs().numbers())))
              .join()) {
        known.add("artifacts/" + row.file());
      }
      return known;
    }
  }

  private Set<String> names(String part) throws IOException {
    Set<String> names = new TreeSet<>();
    files(data.resolve(part)).forEach(file -> names.add(data.relativize(file).toString()));
    return names;
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Processes that run in this data directory. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::inside).toList();
  }

  private boolean inside(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(data);
    } catch (IOException e) {
      return false; // it has ended, or is somebody else's
    }
  }

  /** Leaves nothing behind, even if a test failed while a worker was stopped. */
  @Override
  public void close() throws IOException {
    server.kill();
    for (ProcessHandle process : processes()) {
      process.destroyForcibly();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
    disk.close();
  }
}
