package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Lets things go wrong in a lab, in an order that a seed decides. */
final class Faults {

  /** What goes wrong. */
  private enum Fault {
    KILLED_WORKER,
    STOPPED_WORKER,
    KILLED_SERVER,
    CUT_STATE,
    PAUSED_JOB,
    BIG_SWEEP,
    LOST_DATABASE,
    FULL_DISK
  }

  /** How long a fault waits for what it is to hit and for what follows, before others come. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Pattern TAKEN_INSTEAD =
      Pattern.compile("training-\\S+ is lost: [^;]*; resumed in epoch ");

  private final Night night;
  private final Diary diary;
  private final Random random;
  private final Set<Fault> possible = EnumSet.allOf(Fault.class);
  private final Set<Fault> seen = EnumSet.noneOf(Fault.class);

  /** Jobs whose newest state was cut. */
  private final Set<Long> cut = new HashSet<>();

  /** Their files, as {@code artifacts/6861/training-1-9.safetensors}. */
  private final Set<String> cutFiles = new HashSet<>();

  Faults(Night night, Diary diary, long seed) {
    this.night = night;
    this.diary = diary;
    this.random = new Random(seed);
    if (!night.disk().mounted()) {
      possible.remove(Fault.FULL_DISK);
      diary.note("THE DISK IS NOT FILLED HERE: that takes a file system of its own, and so root");
    }
  }

  /**
   * One after another, each once in some order, then each again, until the time is over and each
   * did happen. The lab has jobs all the while.
   *
   * @param patience how much longer it may take for each to happen
   */
  void come(Duration time, Duration patience) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Fault> faults = new ArrayList<>();
    while (System.nanoTime() < end || !seen.containsAll(possible)) {
      if (System.nanoTime() > end + patience.toNanos()) {
        throw new AssertionError("Of %s only %s happened.".formatted(possible, seen));
      }
      night.keepBusy();
      if (faults.isEmpty()) {
        faults.addAll(possible);
        Collections.shuffle(faults, random);
      }
      if (System.nanoTime() > end) {
        faults.removeAll(seen);
      }
      TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
      Fault fault = faults.remove(0);
      if (!happens(fault)) {
        diary.note(fault + " did not come off; later again");
        faults.add(fault);
      } else if (fault != Fault.CUT_STATE) {
        seen.add(fault);
      }
      if (wentOnFromAnOlderState()) {
        seen.add(Fault.CUT_STATE);
      }
    }
  }

  private boolean happens(Fault fault) throws Exception {
    return switch (fault) {
      case KILLED_WORKER -> killWorker();
      case STOPPED_WORKER -> stopWorker();
      case KILLED_SERVER -> killServer();
      case CUT_STATE -> cutState();
      case PAUSED_JOB -> pause();
      case BIG_SWEEP -> submitBigSweep();
      case LOST_DATABASE -> loseDatabase();
      case FULL_DISK -> fillDisk();
    };
  }

  @FunctionalInterface
  private interface Question<T> {
    Optional<T> ask() throws Exception;
  }

  /** Asks until there is an answer; empty: none came soon. */
  private static <T> Optional<T> soon(Question<T> question) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> answer = question.ask();
      if (answer.isPresent()) {
        return answer;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Optional.empty();
  }

  /** A job that runs, and its process. */
  private record Running(long job, ProcessHandle worker) {}

  private Optional<Running> running() throws Exception {
    for (JsonNode job : night.jobs("RUNNING")) {
      Optional<ProcessHandle> worker =
          ProcessHandle.of(job.path("worker").path("pid").asLong()).filter(ProcessHandle::isAlive);
      if (worker.isPresent()) {
        return Optional.of(new Running(job.path("id").asLong(), worker.get()));
      }
    }
    return Optional.empty();
  }

  private boolean killWorker() throws Exception {
    Optional<Running> running = soon(this::running);
    running.ifPresent(this::kill);
    return running.isPresent();
  }

  private void kill(Running running) {
    running.worker().destroyForcibly();
    diary.note("killed worker %d of job %d".formatted(running.worker().pid(), running.job()));
  }

  private boolean stopWorker() throws Exception {
    Optional<Running> running = soon(this::running);
    return running.isPresent() && stop(running.get());
  }

  private boolean stop(Running running) throws Exception {
    long pid = running.worker().pid();
    diary.note("stopped worker %d of job %d".formatted(pid, running.job()));
    return new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor() == 0;
  }

  private boolean killServer() throws Exception {
    night.killServer();
    diary.note("killed the server");
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
    night.startServer();
    diary.note("started the server");
    return true;
  }

  /**
   * Whether a file is where a start of the server moved one that was cut: only then it is not of
   * the size that the database says.
   */
  boolean isQuarantined(String file) {
    String[] parts = file.split("/", 3);
    return parts[0].equals("quarantine")
        && !cutFiles.isEmpty()
        && (parts[2].equals("README.txt") || cutFiles.contains(parts[2]));
  }

  /** Whether it told is seen later: another job may have its turn first. */
  private boolean cutState() throws Exception {
    Optional<Running> found =
        soon(() -> running().filter(running -> statesOf(running.job()).size() > 1));
    // A stopped worker leaves no newer state before it is killed.
    if (found.isEmpty() || !stop(found.get())) {
      return false;
    }
    cutNewest(found.get().job());
    kill(found.get());
    cut.add(found.get().job());
    return true;
  }

  private boolean wentOnFromAnOlderState() throws Exception {
    for (long job : cut) {
      if (TAKEN_INSTEAD.matcher(String.join("; ", night.causes(job))).find()) {
        return true;
      }
    }
    return false;
  }

  private List<Path> statesOf(long job) {
    try {
      return night.states(job);
    } catch (IOException e) {
      return List.of(); // one went meanwhile
    }
  }

  private void cutNewest(long job) throws IOException {
    for (Path newest : statesOf(job).stream().limit(1).toList()) {
      try {
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(
            newest,
            Arrays.copyOf(bytes, bytes.length / 2),
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
        cutFiles.add("artifacts/%d/%s".formatted(job, newest.getFileName()));
        diary.note("cut %s of job %d".formatted(newest.getFileName(), job));
      } catch (NoSuchFileException e) {
        diary.note("a newer state took the place of %s".formatted(newest.getFileName()));
      }
    }
  }

  private boolean pause() throws Exception {
    Optional<Running> running = soon(this::running);
    if (running.isEmpty()) {
      return false;
    }
    long job = running.get().job();
    String state = night.lab().post("jobs/" + job + "/pause", "{}").path("state").asText();
    diary.note("asked job %d to pause: %s".formatted(job, state.isEmpty() ? "refused" : state));
    for (JsonNode paused : night.jobs("PAUSED")) {
      if (paused.path("id").asLong() != job) {
        night.lab().post("jobs/" + paused.path("id").asLong() + "/resume", "{}");
      }
    }
    return state.equals("PAUSING") || state.equals("PAUSED");
  }

  /**
   * It is there whole, or not at all if the server was killed before it answered; and it is taken
   * back.
   */
  private boolean submitBigSweep() throws Exception {
    boolean kill = random.nextBoolean();
    CompletableFuture<Boolean> submitted = night.submitBigSweep();
    diary.note("submitted a big sweep");
    if (kill) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
      boolean killed = killServer();
      assertThat(killed).isTrue();
    }
    boolean told = submitted.join();
    int jobs = night.bigSweepJobs();
    diary.note("the big sweep was %s, and has %d jobs".formatted(told ? "taken" : "lost", jobs));
    assertThat(jobs).isIn(told ? List.of(Night.BIG_SWEEP) : List.of(0, Night.BIG_SWEEP));
    if (jobs > 0) {
      night.removeBigSweep();
      diary.note("removed the big sweep");
    }
    return told || kill;
  }

  /** The server says so and saves what it has; that copy is put in the place of the file. */
  private boolean loseDatabase() throws Exception {
    night.loseDatabase(random.nextBoolean());
    diary.note("lost the database file");
    Optional<String> told =
        soon(
            () -> night.whyNotReady().filter(words -> words.contains("What is stored is kept as")));
    assertThat(told).as("%s", night.whyNotReady()).isPresent();
    TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
    night.stopServer();
    night.restoreDatabase();
    night.startServer();
    diary.note("restored the saved database. " + told.get());
    return true;
  }

  /** Happened if a job ended or was kept waiting for it. */
  private boolean fillDisk() throws Exception {
    List<Running> running = running().stream().toList();
    night.disk().fill();
    diary.note("filled the disk");
    TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000));
    Optional<String> blamed;
    try {
      blamed = soon(() -> blame(running));
    } finally {
      night.disk().empty();
    }
    diary.note("made room. " + blamed.orElse("Nobody had missed it"));
    return blamed.isPresent();
  }

  private Optional<String> blame(List<Running> running) throws Exception {
    List<String> told = night.lab().get("devices").findValuesAsText("refusal");
    List<String> all = new ArrayList<>(told);
    for (Running one : running) {
      List<String> causes = night.causes(one.job());
      all.addAll(causes.subList(Math.max(0, causes.size() - 2), causes.size()));
    }
    return all.stream().filter(words -> words.contains("disk")).findFirst();
  }
}
