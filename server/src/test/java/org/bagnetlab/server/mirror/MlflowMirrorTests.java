package org.bagnetlab.server.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.mirror.MlflowRun.LoggedMetric;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MLflow gets each training once, whatever fails in between. */
@Timeout(120)
class MlflowMirrorTests {

  private static final Duration SOON = Duration.ofMillis(50);

  @TempDir private Path data;

  private TestServer server(Optional<MlflowAddress> mirror) {
    return new TestServer(
        TestServer.settings(data)
            .with(
                new HousekeepingSettings(
                    "the lab",
                    Optional.empty(),
                    FileSystem::of,
                    DiskLimits.standard(),
                    RetentionRules.standard(),
                    MessageSettings.none(),
                    mirror)));
  }

  /** Trains without a mirror. */
  private void train(int seeds) throws Exception {
    try (TestServer server = server(Optional.empty());
        EventStream events = server.events("")) {
      for (long seed = 1; seed <= seeds; seed++) {
        events.await(server.train("bagnet9", seed), "SUCCEEDED");
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Mirrors the trainings of the directory while this runs. */
  private void mirror(MlflowAddress address, Work work) throws Exception {
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database())) {
      MlflowMirror mirror =
          new MlflowMirror(
              address,
              database,
              directory.identity().id(),
              new MlflowMirror.Pauses(Duration.ofSeconds(10), SOON));
      mirror.start();
      work.run();
      until(
          () -> database.read(tables -> tables.mirrored().next(address.id(), 0)).join().isEmpty());
      mirror.close();
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aServerMirrorsATrainingWhenItEnds() throws Exception {
    try (RecordedMlflow mlflow = new RecordedMlflow(0);
        TestServer server = server(Optional.of(mlflow.address()));
        EventStream events = server.events("")) {
      long run = server.train("bagnet9", 3);
      events.await(run, "SUCCEEDED");
      until(() -> !mlflow.finished().isEmpty());
      assertThat(mlflow.experiments()).containsExactly("Bagnet Lab: controlled-15");
      ObjectNode copy = mlflow.finished().get(0);
      JsonNode ours = server.json("/runs/" + run);
      assertThat(copy.path("run_name")).isEqualTo(ours.path("title"));
      assertThat(copy.at("/tags/bagnetlab.run").asLong()).isEqualTo(run);
      assertThat(copy.at("/tags/bagnetlab.code")).isEqualTo(ours.at("/provenance/code/digest"));
      assertThat(copy.at("/params/architecture").asText()).isEqualTo("bagnet9");
      assertThat(copy.at("/params/seed").asText()).isEqualTo("3");
      assertThat(copy.path("params")).hasSize(ours.path("spec").size() - 1);
      assertThat(values(copy, "train_loss")).containsExactly(2.5);
      // It is NaN.
      assertThat(values(copy, "validation_loss")).isEmpty();
      assertThat(values(copy, "final_test_accuracy")).containsExactly(.53);
    }
  }

  private static List<Double> values(JsonNode run, String metric) {
    List<Double> values = new ArrayList<>();
    for (JsonNode each : run.path("metrics")) {
      if (each.path("key").asText().equals(metric)) {
        values.add(each.path("value").asDouble());
      }
    }
    return values;
  }

  @Test
  void whatMlflowMissedComesOnceItIsBack() throws Exception {
    train(2);
    int port;
    try (RecordedMlflow before = new RecordedMlflow(0)) {
      port = before.port();
    }
    MlflowAddress address = MlflowAddress.of("http://127.0.0.1:" + port, Optional.of("letmein"));
    List<RecordedMlflow> back = new ArrayList<>();
    mirror(address, () -> back.add(new RecordedMlflow(port)));
    try (RecordedMlflow mlflow = back.get(0)) {
      assertThat(mlflow.finished())
          .extracting(run -> run.at("/params/seed").asText())
          .containsExactly("1", "2");
      // Nor is anything repeated.
      mirror(address, () -> {});
      assertThat(mlflow.count()).isEqualTo(2);
    }
  }

  @Test
  void aTrainingThatWasHalfWrittenIsNotWrittenTwice() throws Exception {
    train(1);
    try (RecordedMlflow mlflow = new RecordedMlflow(0)) {
      mlflow.fail("runs/update", 500);
      mirror(
          mlflow.address(),
          () -> {
            until(() -> mlflow.count() == 1);
            mlflow.recover();
          });
      assertThat(mlflow.finished())
          .singleElement()
          .satisfies(run -> assertThat(values(run, "train_loss")).hasSize(1));
    }
  }

  @Test
  void aTrainingThatMlflowRefusesDoesNotStopTheOthers() throws Exception {
    train(2);
    try (RecordedMlflow mlflow = new RecordedMlflow(0)) {
      mlflow.refuse("1");
      mirror(mlflow.address(), () -> {});
      assertThat(mlflow.finished())
          .extracting(run -> run.at("/params/seed").asText())
          .containsExactly("2");
      // It is not asked again.
      mlflow.recover();
      mirror(mlflow.address(), () -> {});
      assertThat(mlflow.finished()).hasSize(1);
    }
  }

  @Test
  void aDeletedExperimentDoesNotStopTheOthers() throws Exception {
    train(1);
    try (RecordedMlflow mlflow = new RecordedMlflow(0)) {
      mlflow.delete("Bagnet Lab: controlled-15");
      mirror(
          mlflow.address(),
          () -> {
            until(() -> mlflow.asked("experiments/get-by-name") > 1);
            assertThat(mlflow.count()).isZero();
            mlflow.restore("Bagnet Lab: controlled-15");
          });
      assertThat(mlflow.finished()).hasSize(1);
    }
  }

  @Test
  void requestsKeepTheLimitsOfMlflow() throws Exception {
    try (RecordedMlflow mlflow = new RecordedMlflow(0);
        MlflowClient client = new MlflowClient(mlflow.address(), Duration.ofSeconds(10))) {
      Map<String, String> params = new TreeMap<>();
      IntStream.range(0, 130).forEach(i -> params.put("p" + i, "v"));
      List<LoggedMetric> metrics =
          IntStream.range(0, 1250).mapToObj(i -> new LoggedMetric("m", i, i, i)).toList();
      client.write(
          new MlflowRun(
              "e",
              "n",
              1,
              2,
              params,
              metrics,
              Map.of(MlflowRun.LAB, "l", MlflowRun.RUN, "1", MlflowRun.SUBMITTED, "t")));
      ObjectNode run = mlflow.finished().get(0);
      assertThat(run.path("params")).hasSize(130);
      assertThat(run.path("metrics")).hasSize(1250);
    }
  }
}
