package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory of a released version shows what it showed then; it may show more. */
class FrozenDataTests {

  @TempDir static Path data;

  static TestServer server;

  @BeforeAll
  static void open() throws IOException {
    unpack(data);
    server = new TestServer(data);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static void unpack(Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(FrozenPages.resource("data-schema-9.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  @Test
  void everyPageShowsWhatItShowed() throws Exception {
    assertThat(FrozenPages.differences("pages-schema-9.json", server)).isEmpty();
  }

  /** Evaluations of earlier versions entered no table. */
  @Test
  void evaluationsAreAmongTheScramblings() throws Exception {
    for (JsonNode row : server.json("/scrambling").path("rows")) {
      // Two seeds, each under its own scrambling and two of evaluations.
      assertThat(row.path("scramblings").path("n").asInt()).isEqualTo(6);
      assertThat(row.path("scramblings").path("lowest").asDouble())
          .isLessThanOrEqualTo(row.path("scrambled").path("mean").asDouble());
    }
    JsonNode results = server.json("/results?metric=accuracy&set=scrambled&experiment=evaluate");
    assertThat(results.path("total").asInt()).isEqualTo(8);
    assertThat(results.path("results").get(0).path("axes").path("scrambleSeed").asInt())
        .isEqualTo(2);
    assertThat(results.path("results").get(0).path("configuration").path("architecture").asText())
        .isEqualTo("resnet50");
  }

  /** Epochs have a table of their own, and are curves among the results. */
  @Test
  void epochsArePagedBehindTheOtherResults() throws Exception {
    JsonNode all = server.json("/results?dataset=controlled-15&limit=10000");
    int stored = server.json("/results?set=test").path("total").asInt() * 3;
    // Four trainings of two epochs, five curves.
    assertThat(all.path("total").asInt()).isEqualTo(stored + 4 * 2 * 5);
    assertThat(all.path("results")).hasSize(stored + 4 * 2 * 5);
    List<JsonNode> pages = new ArrayList<>();
    for (int offset = 0; offset < all.path("total").asInt(); offset += 7) {
      server
          .json("/results?dataset=controlled-15&limit=7&offset=" + offset)
          .path("results")
          .forEach(pages::add);
    }
    assertThat(pages).isEqualTo(List.copyOf(rows(all)));
    JsonNode curve = server.json("/results?output=epoch-accuracy&set=validation&limit=3&offset=1");
    assertThat(rows(curve))
        .extracting(row -> row.path("job").asLong() + "/" + row.path("axes").path("epoch").asInt())
        .containsExactly("1/2", "4/1", "4/2");
  }

  private static List<JsonNode> rows(JsonNode page) {
    List<JsonNode> rows = new ArrayList<>();
    page.path("results").forEach(rows::add);
    return rows;
  }

  @Test
  void resultsAreGivenAsCsv() throws Exception {
    var response =
        server.send(
            "/api/v1/results?metric=accuracy&experiment=evaluate&set=scrambled&limit=1",
            java.net.http.HttpRequest.newBuilder().header("Accept", "text/csv"));
    assertThat(response.headers().firstValue("X-Total-Count")).contains("8");
    assertThat(response.body().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(
            "experiment,output,metric,set,value,images,job,run,architecture,regime,seed,imported,dataset,trainImages,weights,recipe,imageSize,width,sparsity,epochs,batchSize,learningRate,precision,preparation,duplicates,scrambleSeed");
    assertThat(response.body().lines().skip(1).findFirst().orElse(""))
        .startsWith("evaluate,accuracy,accuracy,scrambled,")
        .endsWith(
            ",1200,2,1,resnet50,from scratch,1,,controlled-15,all,,quick,64,0.02,0.0,2,64,0.004,fp32,floating-point,keep,2");
  }

  /** All numbers of a run, and those that later jobs found about it. */
  @Test
  void aRunHasTheResultsOfJobsAboutIt() throws Exception {
    List<JsonNode> rows = rows(server.json("/runs/7/results"));
    assertThat(rows)
        .filteredOn(row -> row.path("set").asText().equals("scrambled"))
        .filteredOn(row -> row.path("metric").asText().equals("accuracy"))
        .extracting(row -> row.path("job").asLong())
        .containsExactly(7L, 8L, 9L);
    assertThat(rows).filteredOn(row -> row.path("output").asText().equals("epoch-loss")).hasSize(4);
  }
}
