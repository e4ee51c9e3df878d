package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TinyFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night in some minutes, on two simulated GPUs with three slots each: jobs run out of memory, a
 * worker is killed, a GPU disappears, the driver hangs, the disk fills up, the server is killed,
 * and the window of the GPUs closes. In the morning every job has ended as it should, no GPU was
 * ever over its memory, and a mail server and a webhook were told the true numbers.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Order(2)
class OvernightEndToEndTests {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
  private static final String HOST = "127.0.0.1";
  private static final int MEGABYTES = 400;
  private static final int SEEDS = 16;
  private static final int EPOCHS = 6;

  /** Epochs that take four minutes. */
  private static final int LONG = 350;

  private static final int TRAININGS = 3 * SEEDS;

  @TempDir private Path root = Path.of("");

  private final GreenMail mail = new GreenMail(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_SMTP));
  private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
  private final Diary diary = new Diary("A night on simulated GPUs");
  private final HttpServer webhook;

  OvernightEndToEndTests() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    mail.start();
    webhook.createContext(
        "/",
        exchange -> {
          posted.add(Json.MAPPER.readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    webhook.start();
  }

  @AfterEach
  void stop() {
    webhook.stop(0);
    mail.stop();
    System.out.println(diary);
  }

  /**
   * The window closes for one minute, in three to four minutes. In the last minute before that, no
   * job starts.
   */
  private String configuration() {
    LocalTime closes =
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES).plusMinutes(4);
    return """
    devices: {slots: 3}
    windows: {gpu: "%s-%s"}
    workers: {retryAfter: 1s, startAhead: false}
    disk: {reserve: 40MB}
    webhooks:
      - {url: "http://%s:%d/", secret: "a phrase of the two"}
    messages:
      mail:
        - {host: %s, port: %d, tls: none, from: lab@example.org, to: [ann@example.org], events: [sweep-ended]}
    """
        .formatted(
            MINUTE.format(closes.plusMinutes(1)),
            MINUTE.format(closes),
            HOST,
            webhook.getAddress().getPort(),
            HOST,
            mail.getSmtp().getPort());
  }

  private static String sweep(String name, String base, String grid) {
    return """
    {"name": "%s", "stopAfterFailures": 0,
     "base": {"dataset": "controlled-15", "architecture": "bagnet9", "epochs": %d, %s},
     "grid": {%s}}
    """
        .formatted(name, EPOCHS, base, grid);
  }

  private static String seeds() {
    List<String> seeds = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      seeds.add(String.valueOf(seed));
    }
    return String.join(",", seeds);
  }

  @Test
  void inTheMorningEverythingIsDoneAndToldTruly() throws Exception {
    SimulatedGpus gpus = new SimulatedGpus(Files.createDirectories(root.resolve("gpus")));
    Path data = Files.createDirectories(root.resolve("lab"));
    try (TinyFileSystem disk = TinyFileSystem.on(data, MEGABYTES)) {
      Files.writeString(data.resolve("bagnetlab.yaml"), configuration());
      Application application = Application.from(gpus.application(), data, gpus.environment());
      try (SimulatedNight night = new SimulatedNight(application, gpus)) {
        night.lab().post("sweeps", sweep("night", "\"width\": 1", grid(seeds(), "32,64,96")));
        // Too large for a share; the second is too large for a whole GPU, too.
        night.lab().post("sweeps", sweep("large", "\"width\": 4", grid("1,13", "512")));
        // Still runs when the window closes.
        night.lab().post("jobs", training(LONG, 100, 10));
        faults(night, gpus, disk);
        night.await("all jobs have ended", PATIENCE.toSeconds(), night::ended);
        diary.note("it is morning");
        checkJobs(night);
        checkMemory(night);
        checkMessages(night);
      }
    }
  }

  private void faults(SimulatedNight night, SimulatedGpus gpus, TinyFileSystem disk)
      throws Exception {
    night.await("jobs run", 60, () -> night.running() >= 3);
    night.await("a GPU is used", 30, () -> !gpus.processes(SimulatedGpus.UUIDS.get(0)).isEmpty());
    gpus.processes(SimulatedGpus.UUIDS.get(0)).forEach(ProcessHandle::destroyForcibly);
    diary.note("killed the workers on GPU 0");

    gpus.set(SimulatedGpus.Driver.HAS_LOST_THE_SECOND_GPU);
    gpus.processes(SimulatedGpus.UUIDS.get(1)).forEach(ProcessHandle::destroyForcibly);
    diary.note("GPU 1 is lost, and its workers with it");
    night.await("the loss is shown", 30, () -> night.refusal("no longer lists GPU 1").isPresent());
    gpus.set(SimulatedGpus.Driver.WORKS);
    night.await("GPU 1 is back", 30, () -> !gpus.processes(SimulatedGpus.UUIDS.get(1)).isEmpty());
    diary.note("GPU 1 is back");

    gpus.set(SimulatedGpus.Driver.HANGS);
    diary.note("the driver hangs");
    night.await("the hanging driver is shown", 60, () -> night.refusal("hangs").isPresent());
    gpus.set(SimulatedGpus.Driver.WORKS);
    diary.note("the driver answers again");

    if (disk.mounted()) {
      disk.fill();
      diary.note("the disk is full");
      night.await("the full disk is shown", 60, () -> night.refusal("disk").isPresent());
      disk.empty();
      diary.note("there is space again");
    } else {
      diary.note("THE DISK IS NOT FILLED HERE: that takes a file system of its own, and so root");
    }

    night.await("jobs run", 120, () -> night.running() >= 2 || windowClosed(night));
    night.restart();
    diary.note("the server was killed and started again");

    for (int extra = 1; !windowClosed(night); extra++) {
      if (night.jobs().stream().filter(OvernightEndToEndTests::isOpen).count() < 8) {
        night.lab().post("jobs", training(EPOCHS, 100 + extra, 0));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    diary.note("the window has closed");
    night.await("no job runs", 60, () -> night.running() == 0);
    diary.note("no job runs");
  }

  private static String training(int epochs, int seed, int priority) {
    return """
    {"kind": "train", "dataset": "controlled-15", "architecture": "bagnet17", "epochs": %d,
     "width": 1, "batchSize": 32, "seed": %d, "priority": %d}
    """
        .formatted(epochs, seed, priority);
  }

  private static boolean isOpen(JsonNode job) {
    return !job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED");
  }

  private static boolean windowClosed(SimulatedNight night) throws Exception {
    return night.refusal("next window").isPresent();
  }

  /** Each job has ended as its need for memory says, and once. */
  private static void checkJobs(SimulatedNight night) throws Exception {
    int alone = 0;
    int inWindows = 0;
    for (JsonNode job : night.jobs()) {
      JsonNode spec = job.path("spec");
      long need =
          SimulatedWorker.need(
              spec.path("batchSize").asInt(),
              spec.path("width").asDouble(),
              spec.path("seed").asLong());
      List<String> causes = night.causes(job.path("id").asLong());
      assertThat(job.path("state").asText())
          .as("%s", job)
          .isEqualTo(need <= SimulatedGpus.MOST_OF_A_PROCESS ? "SUCCEEDED" : "FAILED");
      assertThat(causes.stream().filter("outgrew-share"::equals).count())
          .as("%s", causes)
          .isLessThanOrEqualTo(1);
      alone += causes.contains("outgrew-share") ? 1 : 0;
      inWindows += causes.contains("window-closed") ? 1 : 0;
      if (job.path("state").asText().equals("SUCCEEDED")) {
        JsonNode run = night.lab().get("runs/" + job.path("id").asLong());
        assertThat(run.path("history")).hasSize(spec.path("epochs").asInt());
        assertThat(run.path("cost").path("peakDeviceMemoryBytes").asLong()).isEqualTo(need << 20);
      }
    }
    assertThat(alone).as("jobs that ran out of their share, and ran alone then").isPositive();
    assertThat(inWindows).as("jobs that were paused at the end of the window").isPositive();
  }

  private void checkMemory(SimulatedNight night) {
    diary.note(
        "at most %d MiB of a GPU were used and %d granted, for at most %d jobs at once"
            .formatted(night.mostUsed(), night.mostGranted(), night.mostJobs()));
    assertThat(night.mostJobs()).isEqualTo(3);
    assertThat(night.mostUsed()).isPositive().isLessThanOrEqualTo(SimulatedGpus.MEMORY);
    assertThat(night.mostGranted()).isPositive().isLessThanOrEqualTo(SimulatedGpus.MEMORY);
  }

  private void checkMessages(SimulatedNight night) throws Exception {
    JsonNode sweep = night.lab().get("sweeps/night");
    assertThat(sweep.path("cost").path("jobsWithEnergy").asInt()).isPositive();
    JsonNode digest = night.lab().get("digest?last=1h");
    long succeeded =
        night.jobs().stream().filter(job -> job.path("state").asText().equals("SUCCEEDED")).count();
    assertThat(digest.path("finished").asLong()).isEqualTo(succeeded);
    assertThat(digest.path("failed")).hasSize(1);
    assertThat(digest.path("failed").get(0).path("jobs").asInt()).isEqualTo(1);
    assertThat(digest.path("failed").get(0).path("cause").asText()).contains("Out of memory");
    assertThat(digest.path("deviceSeconds").asDouble()).isGreaterThan(60);

    night.await("messages arrive", 60, () -> ended("night") != null && mail("night") != null);
    JsonNode notice = Objects.requireNonNull(ended("night"));
    assertThat(notice.path("counts").path("SUCCEEDED").asInt()).isEqualTo(TRAININGS);
    assertThat(notice.path("digest").path("finished").asInt()).isEqualTo(TRAININGS);
    assertThat(notice.path("digest").path("failed")).isEmpty();
    JsonNode best = notice.path("digest").path("best").get(0);
    assertThat(best.path("architecture").asText()).isEqualTo("bagnet9");
    assertThat(best.path("test").asDouble()).isEqualTo(.5 + .01 * SEEDS);
    MimeMessage message = Objects.requireNonNull(mail("night"));
    assertThat(message.getSubject())
        .endsWith("Sweep night has ended: %d succeeded.".formatted(TRAININGS));
    assertThat(GreenMailUtil.getWholeMessage(message)).contains("Content-Type: image/png");
    JsonNode large = Objects.requireNonNull(ended("large"));
    assertThat(large.path("counts").path("FAILED").asInt()).isEqualTo(1);
    assertThat(large.path("digest").path("failed").get(0).path("cause").asText())
        .contains("Out of memory");
  }

  /** The notice about the end of a sweep, once it was posted. */
  private @Nullable JsonNode ended(String sweep) {
    return posted.stream()
        .filter(notice -> notice.path("event").asText().equals("sweep-ended"))
        .filter(notice -> notice.path("sweep").asText().equals(sweep))
        .findFirst()
        .orElse(null);
  }

  private @Nullable MimeMessage mail(String sweep) throws MessagingException {
    for (MimeMessage message : mail.getReceivedMessages()) {
      if (message.getSubject().contains("Sweep %s has ended".formatted(sweep))) {
        return message;
      }
    }
    return null;
  }

  private static String grid(String seeds, String batches) {
    return "\"seed\": [%s], \"batchSize\": [%s]".formatted(seeds, batches);
  }
}
