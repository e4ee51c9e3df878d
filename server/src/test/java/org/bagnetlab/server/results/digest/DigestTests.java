package org.bagnetlab.server.results.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.results.digest.Digest.Failed;
import org.bagnetlab.server.results.digest.Digest.HeldSweep;
import org.bagnetlab.server.results.digest.Digest.ResumedJob;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A period is summarised with the numbers of its jobs. */
@Timeout(120)
class DigestTests {

  private static final Instant EVENING = Instant.parse("2026-01-05T20:00:00Z");

  @TempDir Path data;

  @Test
  void theLastHoursAreSummarised() throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      JsonNode nothing = server.json("/digest");
      assertThat(nothing.path("finished").asInt()).isZero();
      assertThat(nothing.path("deviceSeconds").asDouble()).isZero();
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
      long best = server.train("bagnet9", 11);
      events.await(best, "SUCCEEDED");
      server.post(
          "/sweeps",
          """
          {"name":"large","base":{"dataset":"controlled-15","architecture":"bagnet9"},
           "grid":{"seed":[1,2],"batchSize":[512]},"stopAfterFailures":0}
          """);
      events.await(
          event ->
              event.type().equals("sweep")
                  && event.data().path("id").asText().equals("large")
                  && event.data().has("endedAt"));
      server.post(
          "/jobs",
          """
          {"kind":"train","architecture":"bagnet17","dataset":"controlled-15","learningRate":1}
          """);
      events.await(5, "SUCCEEDED"); // at this rate its loss explodes
      long waiting = server.train("bagnet9", 99);
      JsonNode digest = server.json("/digest?last=1h");
      assertThat(digest.path("finished").asInt()).isEqualTo(3);
      assertThat(digest.path("learntNothing").asInt()).isEqualTo(1);
      assertThat(digest.path("cancelled").asInt()).isZero();
      assertThat(digest.path("failed")).hasSize(1);
      assertThat(digest.path("failed").get(0).path("jobs").asInt()).isEqualTo(2);
      assertThat(digest.path("failed").get(0).path("cause").asText()).startsWith("Out of memory");
      assertThat(digest.path("sweeps")).hasSize(1);
      assertThat(digest.path("sweeps").get(0).path("sweep").asText()).isEqualTo("large");
      assertThat(digest.path("sweeps").get(0).path("counts").path("FAILED").asInt()).isEqualTo(2);
      JsonNode run = digest.path("best").get(0);
      assertThat(run.path("architecture").asText()).isEqualTo("bagnet9");
      assertThat(run.path("run").asLong()).isEqualTo(best);
      assertThat(run.path("test").asDouble()).isEqualTo(.61);
      assertThat(run.has("before")).isFalse();
      assertThat(digest.path("deviceSeconds").asDouble()).isPositive();
      assertThat(digest.path("open").asInt()).isEqualTo(1);
      assertThat(waiting).isEqualTo(6);
      assertThat(
              server
                  .sendUndescribed("/api/v1/digest?last=367d", HttpRequest.newBuilder())
                  .statusCode())
          .isEqualTo(400);
      assertThat(server.get("/api/v1/digest?last=soon").body())
          .contains("last: a duration must be a number with ms, s, m, h or d");
    }
  }

  @Test
  void prunedTrialsAreCountedApartFromCancelledJobs() {
    try (Database database = Database.open(data.resolve("test"))) {
      database.write(DigestTests::night).join();
      Digest digest =
          database
              .read(tables -> Digest.of(tables, List.of(), EVENING, EVENING.plusSeconds(60)))
              .join();
      assertThat(digest.cancelled()).isEqualTo(1);
      assertThat(digest.pruned()).isEqualTo(2);
    }
  }

  /** A user cancels one job, and rules of a search end two others. */
  private static int night(Tables tables) {
    List<Cause> causes =
        List.of(
            Cause.stopped(true),
            new Cause.Outdone(2, .4, 3, 4),
            new Cause.BelowMedian(2, .4, .5, 4));
    for (Cause cause : causes) {
      TrainSpec spec = SimulatedRuns.spec("bagnet9", "controlled-15", 1);
      JobRequest request = JobRequest.of(spec, "a training", Optional.empty());
      long job = tables.jobs().insert(JobRows.row(request, false, Optional.empty(), EVENING));
      tables
          .jobs()
          .update(
              job,
              JobRows.row(
                  new JobState.Cancelled(
                      Optional.of(EVENING), EVENING.plusSeconds(5), true, cause)));
    }
    return causes.size();
  }

  private static Digest digest(List<Failed> failed, List<BestRun> best, int open) {
    return new Digest(
        EVENING,
        EVENING.plus(Duration.ofHours(12)),
        12,
        0,
        1,
        10,
        failed,
        List.of(),
        List.of(new EndedSweep("widths", Map.of("SUCCEEDED", 6L, "FAILED", 1L))),
        best,
        51_120,
        Optional.of(11.16e6),
        51_120,
        open,
        0,
        List.of());
  }

  @Test
  void aDigestIsToldInSentences() {
    assertThat(
            DigestText.of(
                digest(
                    List.of(new Failed("Out of memory: 9 GB", 11), new Failed("lost", 1)),
                    List.of(
                        new BestRun(
                            "bagnet33",
                            "BagNet-33",
                            "scene15",
                            17,
                            .8214,
                            Optional.of(3L),
                            Optional.of(.79)),
                        new BestRun(
                            "resnet50",
                            "ResNet-50",
                            "scene15",
                            18,
                            .9,
                            Optional.empty(),
                            Optional.empty())),
                    3)))
        .containsExactly(
            "12 jobs succeeded, 12 failed, 1 cancelled, 10 pruned.",
            "Sweep widths has ended: 1 failed, 6 succeeded.",
            "11 jobs failed: Out of memory: 9 GB",
            "1 job failed: lost",
            "BagNet-33 on scene15: the best run by validation accuracy is 17, with test accuracy"
                + " 82.1 %; the best before was 3, with 79.0 %.",
            "ResNet-50 on scene15: the best run by validation accuracy is 18, with test accuracy"
                + " 90.0 %; there was none before.",
            "Jobs used 14.2 device hours and 3.1 kWh.",
            "3 jobs run or wait.");
  }

  @Test
  void heldJobsAndUnknownEnergyAreTold() {
    Digest some =
        new Digest(
            EVENING,
            EVENING.plus(Duration.ofHours(12)),
            2,
            1,
            0,
            0,
            List.of(),
            List.of(new ResumedJob(7, "BagNet-9", "resumed from epoch 7 of 30 (killed)")),
            List.of(),
            List.of(),
            36_000,
            Optional.of(3.6e6),
            18_000,
            0,
            40,
            List.of(new HeldSweep("tiny", 40, "held after it used its budget of 10 device hours")));
    assertThat(DigestText.of(some))
        .containsExactly(
            "2 jobs succeeded (1 of them learnt nothing), 0 failed.",
            "Job 7, BagNet-9: resumed from epoch 7 of 30 (killed).",
            "Jobs used 10 device hours and 1 kWh (known for 5 of them).",
            "No job runs or waits, 40 are held.",
            "Sweep tiny, 40 queued: held after it used its budget of 10 device hours. Release it"
                + " with ./bagnetlab sweeps tiny --release");
  }

  @Test
  void aNightWithoutJobsIsToldInOneSentence() {
    Digest nothing =
        new Digest(
            EVENING,
            EVENING.plus(Duration.ofHours(12)),
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            Optional.empty(),
            0,
            0,
            0,
            List.of());
    assertThat(DigestText.of(nothing))
        .containsExactly("Nothing finished.", "No job runs or waits.");
  }
}
