package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged data sets and weights are listed, refused by name, and can be removed. */
@Timeout(120)
class DamageTests {

  @TempDir Path data;
  TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
    Path dataset = Files.createDirectories(data.resolve("datasets/scenes"));
    Files.writeString(dataset.resolve("dataset.json"), "null");
    Path weights = Files.createDirectories(data.resolve("weights/zoo"));
    Files.writeString(weights.resolve("weights.json"), "null");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send("/api/v1" + path, HttpRequest.newBuilder().DELETE());
  }

  private JsonNode refused(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void aDamagedDataSetIsListedRefusedAndRemovedAndHindersNoOther() throws Exception {
    JsonNode list = server.json("/datasets");
    assertThat(list.path("datasets").findValuesAsText("name"))
        .containsExactly("controlled-15", "controlled-15-cue-conflict", "fractals-60");
    JsonNode damaged = list.path("damaged").path(0);
    assertThat(damaged.path("name").asText()).isEqualTo("scenes");
    assertThat(damaged.path("problem").asText()).contains("dataset remove scenes");
    assertThat(server.train("bagnet9", 1)).isEqualTo(1);
    JsonNode problem =
        refused(
            server.post(
                "/jobs",
                """
                {"kind":"train","architecture":"bagnet9","dataset":"scenes"}
                """),
            400);
    assertThat(problem.path("field").asText()).isEqualTo("dataset");
    assertThat(problem.path("detail")).isEqualTo(damaged.path("problem"));
    assertThat(delete("/datasets/scenes").statusCode()).isEqualTo(204);
    assertThat(refused(delete("/datasets/scenes"), 404).path("code").asText())
        .isEqualTo("dataset-not-found");
    assertThat(server.json("/datasets").path("damaged")).isEmpty();
    assertThat(refused(delete("/datasets/controlled-15"), 409).path("code").asText())
        .isEqualTo("dataset-built-in");
  }

  @Test
  void damagedWeightsAreListedRefusedAndRemoved() throws Exception {
    JsonNode damaged = server.json("/weights").path("damaged").path(0);
    assertThat(damaged.path("name").asText()).isEqualTo("zoo");
    assertThat(damaged.path("problem").asText()).contains("weights remove zoo");
    JsonNode problem =
        refused(
            server.post(
                "/jobs",
                """
                {"kind":"train","architecture":"bagnet9","dataset":"controlled-15","weights":"zoo"}
                """),
            400);
    assertThat(problem.path("field").asText()).isEqualTo("weights");
    assertThat(problem.path("detail")).isEqualTo(damaged.path("problem"));
    assertThat(refused(server.get("/api/v1/weights/zoo/file"), 409).path("code").asText())
        .isEqualTo("weights-damaged");
    assertThat(delete("/weights/zoo").statusCode()).isEqualTo(204);
    assertThat(server.json("/weights").path("damaged")).isEmpty();
    assertThat(refused(delete("/weights/zoo"), 404).path("code").asText())
        .isEqualTo("weights-not-found");
  }
}
