package org.bagnetlab.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.Quarantine;
import org.bagnetlab.storage.file.ArtifactClaim;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.retention.RemovalRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is needed stays, what the rules let go goes, and it is told. */
@Timeout(60)
class RetentionTests {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final RetentionRules BEST =
      new RetentionRules(
          Duration.ofDays(30),
          CheckpointsOf.BEST_OF_CONFIGURATION,
          Duration.ofDays(90),
          Duration.ofDays(30));

  private final Vertx vertx = Vertx.vertx();
  private final DataDirectory directory;
  private final Database database;
  private final ArtifactStore artifacts;

  RetentionTests(@TempDir Path root) throws IOException {
    directory = DataDirectory.open(root);
    database = Database.open(directory.database());
    artifacts = new ArtifactStore(directory, database);
  }

  @AfterEach
  void close() throws IOException {
    artifacts.close();
    database.close();
    directory.close();
    TestServer.result(vertx.close());
  }

  private Retention retention(RetentionRules rules) {
    return new Retention(vertx, database, artifacts, rules, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private <T> T write(Function<Tables, T> change) {
    return database.write(change).join();
  }

  private static JobSpec training(long seed) {
    return TrainSpec.of("bagnet9", "scene15")
        .with(TrainExperiment.SEED, seed)
        .with(TrainExperiment.HEATMAP_STRIDE, 8);
  }

  /** A job that stands so since so many days. */
  private long job(JobSpec spec, String state, int days) {
    Instant ended = NOW.minus(Duration.ofDays(days));
    return write(
        tables -> {
          long id =
              tables
                  .jobs()
                  .insert(
                      JobRows.row(
                          JobRequest.of(spec, "a job", Optional.empty()),
                          false,
                          Optional.empty(),
                          ended));
          tables
              .jobs()
              .update(
                  id,
                  new StateRow(
                      state,
                      Optional.of(ended),
                      Optional.of(ended),
                      Optional.of(Causes.row(Cause.stopped(true))),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      false,
                      true,
                      0,
                      Optional.empty()));
          return id;
        });
  }

  /** A file that was stored when its job ended. */
  private ArtifactRow leave(long job, String kind, String name) {
    return leave(
        job,
        kind,
        name,
        write(tables -> tables.jobs().find(job)).orElseThrow().state().endedAt().orElseThrow());
  }

  private ArtifactRow leave(long job, String kind, String name, Instant stored) {
    try {
      Path worker = Files.createDirectories(directory.run(job));
      byte[] bytes = (kind + name).getBytes(StandardCharsets.UTF_8);
      Files.write(worker.resolve(name), bytes);
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      ArtifactClaim claim =
          new ArtifactClaim(
              Optional.empty(),
              kind,
              name,
              "application/octet-stream",
              sha256,
              bytes.length,
              "{}",
              Optional.empty());
      return artifacts.takeOver(job, worker, claim, stored, all -> List.of(), taken -> {}).join();
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static ResultRow validated(long job, double accuracy) {
    return new ResultRow(
        job, "accuracy", "accuracy", "validation", "{}", accuracy, Optional.of(100));
  }

  /** A training that succeeded so many days ago, with a checkpoint and a picture. */
  private long trained(long seed, double validation, int days) {
    long id = job(training(seed), "SUCCEEDED", days);
    write(
        tables -> {
          tables.results().put(validated(id, validation));
          return id;
        });
    leave(id, "checkpoint", "best.safetensors");
    leave(id, "heatmap", "1-heatmap.png");
    return id;
  }

  private List<String> names(long job) {
    return write(tables -> tables.artifacts().ofJob(job)).stream().map(ArtifactRow::name).toList();
  }

  private static RetentionPlan run(Retention retention) {
    return TestServer.result(retention.run());
  }

  @Test
  void byItselfItTakesOnlyWhatNobodyWentOnFromForAMonth() {
    long best = trained(1, .5, 1000);
    long worse = trained(2, .4, 1000);
    long recent = job(training(3), "CANCELLED", 29);
    leave(recent, "training-state", "training-2-31");
    long old = job(training(4), "FAILED", 31);
    ArtifactRow state = leave(old, "training-state", "training-2-31");
    leave(old, "image", "1.png");
    // It was trained, and failed when it was measured: it can be measured yet.
    long measuredInVain = job(training(6), "FAILED", 1000);
    leave(measuredInVain, "checkpoint", "best.safetensors");
    long waiting = job(training(5), "PAUSED", 1000);
    leave(waiting, "training-state", "training-2-31");

    RetentionPlan plan = run(retention(RetentionRules.standard()));

    assertThat(plan.files()).extracting(RetentionPlan.File::job).containsExactly(old);
    assertThat(plan.bytes()).isEqualTo(state.size());
    assertThat(plan.files().get(0).reason())
        .isEqualTo("not resumed; its job has been FAILED for 31 days");
    assertThat(artifacts.file(state)).doesNotExist();
    assertThat(names(old)).containsExactly("1.png");
    assertThat(names(recent)).hasSize(1);
    assertThat(names(waiting)).hasSize(1);
    assertThat(names(measuredInVain)).hasSize(1);
    assertThat(names(best)).hasSize(2);
    assertThat(names(worse)).hasSize(2);
  }

  @Test
  void theBestOfAConfigurationStays() {
    long old = trained(1, .5, 200);
    long best = trained(2, .7, 150);
    long worse = trained(3, .6, 100);
    long young = trained(4, .1, 89);

    RetentionPlan plan = run(retention(BEST));

    assertThat(plan.files()).extracting(RetentionPlan.File::job).containsExactly(old, worse);
    assertThat(names(old)).containsExactly("1-heatmap.png");
    assertThat(names(best)).hasSize(2);
    assertThat(names(young)).hasSize(2);
    // Once more, nothing is left to go.
    assertThat(run(retention(BEST)).files()).isEmpty();
  }

  @Test
  void filesOfAnImportedRunAreAsOldAsTheirImport() {
    trained(1, .9, 200);
    long imported = job(training(2), "SUCCEEDED", 200);
    write(
        tables -> {
          tables.results().put(validated(imported, .5));
          return imported;
        });
    leave(imported, "checkpoint", "best.safetensors", NOW.minus(Duration.ofDays(29)));
    assertThat(run(retention(BEST)).files()).isEmpty();
  }

  @Test
  void whatSomebodyIsToWorkWithStays() {
    trained(1, .9, 200);
    long explained = trained(2, .5, 200);
    long measured = trained(3, .5, 200);
    long free = trained(4, .5, 200);
    job(new HeatmapExperiment().ofRun(explained).with(HeatmapExperiment.STRIDE, 8), "QUEUED", 0);
    job(
        new EvaluateExperiment().ofRun(measured).with(EvaluateExperiment.SCRAMBLE_SEED, 2L),
        "INTERRUPTED",
        0);
    job(
        new EvaluateExperiment().ofRun(free).with(EvaluateExperiment.SCRAMBLE_SEED, 2L),
        "SUCCEEDED",
        0);

    assertThat(run(retention(BEST)).files())
        .extracting(RetentionPlan.File::job)
        .containsExactly(free);
  }

  @Test
  void aRunWhoseAccuracyIsUnknownMayBeTheBest() {
    trained(1, .9, 200);
    long unknown = job(training(2), "SUCCEEDED", 200);
    leave(unknown, "checkpoint", "best.safetensors");
    assertThat(run(retention(BEST)).files()).isEmpty();
  }

  @Test
  void aSeedThatRanAgainLosesTheBestNetworkOnlyIfThereIsABetterOne() {
    // The comparison shows the newest run of a seed; its network is gone, the older one's is there.
    long older = trained(1, .5, 200);
    long newer = job(training(1), "SUCCEEDED", 150);
    write(
        tables -> {
          tables.results().put(validated(newer, .5));
          return newer;
        });
    assertThat(run(retention(BEST)).files()).isEmpty();
    assertThat(names(older)).hasSize(2);
  }

  @Test
  void aSeedThatFoundLessWhenItRanAgainKeepsItsBetterNetwork() {
    long better = trained(1, .7, 200);
    long again = trained(1, .65, 150);
    long other = trained(2, .6, 120);

    RetentionPlan plan = run(retention(BEST));

    assertThat(plan.files()).extracting(RetentionPlan.File::job).containsExactly(again, other);
    assertThat(names(better)).hasSize(2);
  }

  @Test
  void whatGoesIsToldBeforeAndAfter() {
    long best = trained(1, .5, 200);
    long worse = trained(2, .4, 200);
    long cancelled = job(training(3), "CANCELLED", 200);
    leave(cancelled, "training-state", "training-2-31");
    Retention retention = retention(BEST);

    RetentionPlan preview = TestServer.result(retention.preview());
    assertThat(names(worse)).hasSize(2);
    assertThat(run(retention)).isEqualTo(preview);

    assertThat(TestServer.result(retention.removed()))
        .extracting(RemovalRow::job)
        .containsExactly(cancelled, worse);
    Cause noted = Causes.of(write(tables -> tables.jobs().transitions(worse)).get(0).cause());
    assertThat(noted.code()).isEqualTo("files-removed");
    assertThat(noted.text()).isEqualTo("retention removed best.safetensors (26 B)");
    // It left something to go on from, but has nothing any more.
    assertThat(write(tables -> tables.jobs().find(cancelled)).orElseThrow().state().checkpoint())
        .isFalse();
    assertThat(names(best)).hasSize(2);
  }

  @Test
  void whatIsInTheQuarantineGoesWhenItIsOldEnough() throws Exception {
    Path quarantine = Files.createDirectories(directory.root().resolve("quarantine"));
    for (String name : List.of("20260501-115959", "20260502-120001", "20260502-120001-2", "mine")) {
      Files.writeString(Files.createDirectory(quarantine.resolve(name)).resolve("best"), "weights");
    }
    QuarantineRetention retention =
        new QuarantineRetention(
            vertx,
            new Quarantine(directory.root()),
            BEST.quarantine(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(TestServer.result(retention.kept()))
        .extracting(QuarantineRetention.Kept::deletedAfter)
        .startsWith(Instant.parse("2026-05-31T11:59:59Z"));
    assertThat(TestServer.result(retention.run())).isEqualTo(1);
    assertThat(quarantine.resolve("20260501-115959")).doesNotExist();
    assertThat(TestServer.result(retention.kept()))
        .extracting(QuarantineRetention.Kept::name)
        .containsExactly("20260502-120001", "20260502-120001-2");
    // What people put there is theirs.
    assertThat(quarantine.resolve("mine").resolve("best")).exists();
  }
}
