package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night in a minute: workers and the server are killed and stopped, the disk fills up, and the
 * newest states of trainings are cut, in an order that a seed decides. In the morning every job has
 * ended as it would have undisturbed.
 *
 * <p>{@code ./bagnetlab test --chaos 10m} makes the night longer, {@code --seed N} another one.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ChaosEndToEndTests {

  private static final Duration NIGHT =
      Duration.ofSeconds(Long.getLong("bagnetlab.chaos.seconds", 45));
  private static final long SEED = Long.getLong("bagnetlab.chaos.seed", 1);

  /** How long the lab may take for what is left in the morning. */
  private static final Duration MORNING = Duration.ofMinutes(5);

  /** How long a fault waits for what it is to hit. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final int MEGABYTES = 96;

  /** Three trainings and what is about them; one of these cannot be done, whatever is tried. */
  private static final String SWEEP =
      """
      {"name": "night", "stopAfterFailures": 0,
       "base": {"architecture": "bagnet9", "dataset": "controlled-15", "imageSize": 64,
                "width": 0.03, "epochs": %d, "batchSize": 64, "heatmapStride": 8},
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

  @TempDir private Path root = Path.of("");

  @Test
  void inTheMorningEveryJobHasEndedAsItWouldHaveUndisturbed() throws Exception {
    Map<String, JsonNode> undisturbed;
    try (Night quiet = new Night(root.resolve("quiet"))) {
      quiet.begin();
      quiet.awaitMorning();
      undisturbed = quiet.outcomes();
      quiet.end();
    }
    assertThat(undisturbed.values()).anyMatch(job -> job.path("state").asText().equals("FAILED"));
    try (Night night = new Night(root.resolve("night"))) {
      night.begin();
      night.disturb();
      night.awaitMorning();
      Map<String, JsonNode> outcomes = night.outcomes();
      night.end();
      System.out.println(night.diary());
      assertThat(outcomes.keySet()).isEqualTo(undisturbed.keySet());
      outcomes.forEach((title, job) -> assertThat(job).as(title).isEqualTo(undisturbed.get(title)));
    }
  }

  /** What goes wrong. */
  private enum Fault {
    KILLED_WORKER,
    STOPPED_WORKER,
    KILLED_SERVER,
    CUT_STATE,
    PAUSED_JOB,
    FULL_DISK
  }

  /** A lab through a night. */
  private static final class Night implements AutoCloseable {

    private final Path data;
    private final TinyFileSystem disk;
    private final Application application;
    private final Random random = new Random(SEED);
    private final List<String> diary = new ArrayList<>();
    private final Set<Fault> seen = EnumSet.noneOf(Fault.class);
    private final long start = System.nanoTime();
    private Application.Running server;
    private Lab lab;

    Night(Path data) throws IOException {
      this.data = Files.createDirectories(data);
      disk = TinyFileSystem.on(data, MEGABYTES);
      Files.writeString(data.resolve("bagnetlab.yaml"), CONFIGURATION);
      application = new Application(data);
      server = application.serve();
      lab = new Lab(server.address());
    }

    /** Queues more than the night lasts undisturbed, roughly. */
    void begin() throws Exception {
      long trainings = Math.max(3, NIGHT.toSeconds() / 40);
      List<Long> seeds = Stream.iterate(1L, seed -> seed + 1).limit(trainings).toList();
      JsonNode sweep = lab.post("sweeps", SWEEP.formatted(3, seeds));
      assertThat(sweep.path("jobs")).hasSize(3 * seeds.size());
    }

    /** Lets one thing after another go wrong: each once, in some order, then each again. */
    void disturb() throws Exception {
      long end = System.nanoTime() + NIGHT.toNanos();
      List<Fault> faults = new ArrayList<>();
      while (System.nanoTime() < end && !morning()) {
        if (faults.isEmpty()) {
          faults.addAll(possible());
          Collections.shuffle(faults, random);
        }
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
        Fault fault = faults.remove(0);
        boolean happened =
            switch (fault) {
              case KILLED_WORKER -> killWorker("killed worker %d");
              case STOPPED_WORKER -> stopWorker();
              case KILLED_SERVER -> killServer();
              case CUT_STATE -> cutState();
              case PAUSED_JOB -> pause();
              case FULL_DISK -> fillDisk();
            };
        if (happened) {
          seen.add(fault);
        }
      }
      assertThat(seen).as(diary()).containsAll(possible());
    }

    private Set<Fault> possible() {
      Set<Fault> possible = EnumSet.allOf(Fault.class);
      if (!disk.mounted()) {
        possible.remove(Fault.FULL_DISK);
      }
      return possible;
    }

    private void note(String what) {
      diary.add("%5.1f s  %s".formatted((System.nanoTime() - start) / 1e9, what));
    }

    private List<JsonNode> jobs(String state) throws Exception {
      List<JsonNode> jobs = new ArrayList<>();
      lab.get("jobs?limit=1000&state=" + state).path("jobs").forEach(jobs::add);
      return jobs;
    }

    /** The process of a job that runs, once there is one; 0: none came. */
    private long worker() throws Exception {
      long end = System.nanoTime() + SOON.toNanos();
      while (System.nanoTime() < end) {
        for (JsonNode job : jobs("RUNNING")) {
          long pid = job.path("worker").path("pid").asLong();
          if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            return pid;
          }
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return 0;
    }

    private boolean killWorker(String words) throws Exception {
      long pid = worker();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      note(words.formatted(pid));
      return pid > 0;
    }

    private boolean stopWorker() throws Exception {
      long pid = worker();
      if (pid > 0) {
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      }
      note("stopped worker " + pid);
      return pid > 0;
    }

    private boolean killServer() throws Exception {
      server.kill();
      note("killed the server");
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
      server = application.serve();
      lab = new Lab(server.address());
      note("started the server");
      return true;
    }

    private boolean cutState() throws Exception {
      long end = System.nanoTime() + SOON.toNanos();
      while (System.nanoTime() < end) {
        Optional<Path> newest = newestState();
        try {
          if (newest.isPresent()) {
            byte[] bytes = Files.readAllBytes(newest.get());
            Files.write(
                newest.get(),
                Arrays.copyOf(bytes, bytes.length / 2),
                StandardOpenOption.TRUNCATE_EXISTING);
            note("cut " + data.relativize(newest.get()));
            return killWorker("and killed worker %d");
          }
        } catch (NoSuchFileException e) {
          note("a newer state took the place of " + data.relativize(newest.orElseThrow()));
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return false;
    }

    private Optional<Path> newestState() throws IOException {
      try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
        return files
            .filter(file -> String.valueOf(file.getFileName()).contains("training-"))
            .min(Comparator.comparing(ChaosEndToEndTests::age));
      } catch (UncheckedIOException e) {
        return Optional.empty(); // a file went meanwhile
      }
    }

    private boolean pause() throws Exception {
      List<JsonNode> running = jobs("RUNNING");
      if (!running.isEmpty()) {
        long id = running.get(0).path("id").asLong();
        lab.post("jobs/" + id + "/pause", "{}");
        note("paused job " + id);
      }
      for (JsonNode job : jobs("PAUSED")) {
        lab.post("jobs/" + job.path("id").asLong() + "/resume", "{}");
      }
      return !running.isEmpty();
    }

    private boolean fillDisk() throws Exception {
      disk.fill();
      note("filled the disk");
      TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000));
      disk.empty();
      note("made room");
      return true;
    }

    private boolean morning() throws Exception {
      JsonNode counts = lab.get("jobs?limit=1").path("counts");
      return counts.path("SUCCEEDED").asInt() + counts.path("FAILED").asInt() > 0
          && counts.properties().stream()
              .allMatch(entry -> List.of("SUCCEEDED", "FAILED").contains(entry.getKey()));
    }

    /** Whatever is left is done now; what is paused is let go on. */
    void awaitMorning() throws Exception {
      long end = System.nanoTime() + MORNING.toNanos() + NIGHT.toNanos();
      while (!morning()) {
        if (System.nanoTime() > end) {
          throw new AssertionError(diary() + lab.get("jobs?limit=1000"));
        }
        for (JsonNode job : jobs("PAUSED")) {
          lab.post("jobs/" + job.path("id").asLong() + "/resume", "{}");
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }

    /** All that a job found out and how it ended, without times and numbers of its own. */
    Map<String, JsonNode> outcomes() throws Exception {
      Map<String, JsonNode> outcomes = new TreeMap<>();
      for (JsonNode job : lab.get("sweeps/night").path("jobs")) {
        long id = job.path("id").asLong();
        assertUnbrokenTimeline(id, job.path("state").asText());
        JsonNode run = lab.get("runs/" + id);
        ObjectNode outcome = Json.MAPPER.createObjectNode();
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
        outcomes.put(job.path("title").asText(), outcome);
      }
      return outcomes;
    }

    private void assertUnbrokenTimeline(long id, String state) throws Exception {
      String before = "";
      for (JsonNode change : lab.get("jobs/" + id + "/timeline").path("transitions")) {
        assertThat(change.path("from").asText("")).as("job %d", id).isEqualTo(before);
        before = change.path("to").asText();
      }
      assertThat(before).isEqualTo(state);
    }

    /** Stops the server in order: nothing is left of it and of its workers. */
    void end() throws Exception {
      server.process().destroy();
      assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(workersLeft()).isEmpty();
      List<String> left;
      try (Stream<Path> files = Files.walk(data)) {
        left =
            files
                .filter(Files::isRegularFile)
                .map(file -> data.relativize(file).toString())
                .filter(file -> file.startsWith("runs/") || file.startsWith("uploads/"))
                .filter(file -> !file.endsWith("/log.txt"))
                .toList();
      }
      assertThat(left).isEmpty();
    }

    /** Processes that run in this data directory. */
    private List<String> workersLeft() {
      return ProcessHandle.allProcesses()
          .map(process -> Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .filter(cwd -> inside(cwd))
          .map(Path::toString)
          .toList();
    }

    private boolean inside(Path cwd) {
      try {
        return Files.readSymbolicLink(cwd).startsWith(data);
      } catch (IOException e) {
        return false; // it has ended, or is somebody else's
      }
    }

    String diary() {
      return "Chaos with seed %d%s:%n%s%n"
          .formatted(
              SEED,
              disk.mounted() ? "" : ", without a full disk: that takes root",
              String.join(System.lineSeparator(), diary));
    }

    @Override
    public void close() throws IOException {
      server.kill();
      disk.close();
    }
  }

  private static long age(Path file) {
    try {
      return -Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
