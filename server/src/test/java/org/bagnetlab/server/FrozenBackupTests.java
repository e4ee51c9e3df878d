package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.backup.Restoration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The backup of a released version can be restored, and shows what the lab showed then. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenBackupTests {

  private TestServer server;

  @BeforeAll
  void restore(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("backup.zip");
    try (InputStream backup = FrozenPages.resource("backup-schema-1.zip")) {
      Files.copy(backup, file);
    }
    Path data = folder.resolve("data");
    try (Restoration restoration = Restoration.open(file)) {
      restoration.into(data, bytes -> {});
    }
    server = new TestServer(data);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void everyPageShowsWhatItShowed() throws Exception {
    assertThat(FrozenPages.differences("pages-schema-1.json", server)).isEmpty();
  }

  private List<JsonNode> rows(String path) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    server.json(path).path("results").forEach(rows::add);
    return rows;
  }

  /** Epochs are in a table of their own, and follow the other results. */
  @Test
  void pagesOfResultsJoinWithoutGaps() throws Exception {
    List<JsonNode> all = rows("/results?limit=10000");
    assertThat(all).anyMatch(row -> row.path("axes").has("epoch"));
    assertThat(all).anyMatch(row -> !row.path("axes").has("epoch"));
    assertThat(server.json("/results?limit=1").path("total").asInt()).isEqualTo(all.size());
    List<JsonNode> pages = new ArrayList<>();
    for (int offset = 0; offset < all.size(); offset += 7) {
      pages.addAll(rows("/results?limit=7&offset=" + offset));
    }
    // A page sorts its own values of an axis as numbers.
    assertThat(pages).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void resultsAreGivenAsCsv() throws Exception {
    String query = "/results?metric=accuracy&set=scrambled&limit=1";
    HttpResponse<String> response =
        server.send("/api/v1" + query, HttpRequest.newBuilder().header("Accept", "text/csv"));
    assertThat(response.headers().firstValue("X-Total-Count"))
        .contains(server.json(query).path("total").asText());
    assertThat(response.body().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "experiment,output,metric,set,value,images,job,run,architecture,regime,seed,imported,dataset,trainImages,weights,fromRun,recipe,imageSize,width,sparsity,epochs,batchSize,learningRate,precision,preparation,duplicates,")
        .endsWith(",scrambleSeed");
  }

  /** All numbers of a run, and those that later jobs found about it. */
  @Test
  void aRunHasTheResultsOfJobsAboutIt() throws Exception {
    JsonNode scrambled = rows("/results?experiment=scramble&limit=1").getFirst();
    long run = scrambled.path("run").asLong();
    assertThat(rows("/runs/%d/results".formatted(run)))
        .extracting(row -> row.path("job").asLong())
        .contains(run, scrambled.path("job").asLong());
  }
}
