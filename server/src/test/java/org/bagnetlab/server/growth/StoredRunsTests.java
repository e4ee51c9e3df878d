package org.bagnetlab.server.growth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server takes generated runs for real ones. */
class StoredRunsTests {

  @TempDir Path data;

  @Test
  void generatedRunsAreComparedAndShown() throws Exception {
    StoredRuns.add(data, 2, 70);
    try (TestServer server = new TestServer(data)) {
      JsonNode counts = server.json("/jobs").path("counts");
      assertThat(counts.path("SUCCEEDED").asInt()).isEqualTo(70);
      assertThat(counts.path("CANCELLED").asInt()).isEqualTo(2);
      Set<String> networks = new HashSet<>();
      int compared = 0;
      for (JsonNode row : server.json("/comparison").path("rows")) {
        networks.add(row.path("architecture").asText());
        compared += row.path("test").path("n").asInt();
      }
      assertThat(networks).hasSize(7);
      // 14 configurations, of which every fourth has a seed that ran twice.
      assertThat(compared).isEqualTo(66);
      assertThat(server.json("/scrambling").path("examples")).hasSize(56);
      JsonNode run = server.json("/runs/3");
      assertThat(run.path("spec").path("architecture").asText()).isEqualTo("bagnet9");
      assertThat(run.path("history")).hasSize(6);
      assertThat(run.path("artifacts")).hasSize(19);
    }
  }

  /** A list has what was read before somebody asked for it. */
  @Test
  void runsThatWereReadAreNotReadAgainForTheirFirstList() throws Exception {
    StoredRuns.add(data, 0, 3);
    Vertx vertx = Vertx.vertx();
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database());
        ArtifactStore artifacts = new ArtifactStore(directory, database)) {
      DatasetStore datasets = new DatasetStore(directory.datasets());
      Published published = Published.read();
      Results results =
          new Results(
              vertx,
              database,
              artifacts,
              datasets,
              new VisionCatalogue(datasets, new WeightsStore(directory.weights())),
              published,
              Pooling.BY_CODE);
      assertThat(TestServer.result(results.readRuns())).isEqualTo(3);
      database
          .write(
              tables -> {
                tables.results().forget(1);
                return 1;
              })
          .join();
      assertThat(results.runs(RunFilter.ALL).runs())
          .hasSize(3)
          .allMatch(run -> run.test().isPresent());
    } finally {
      TestServer.result(vertx.close());
    }
  }
}
