package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody took or altered on the disk is not served as what was stored. */
@Timeout(60)
class LostFilesTests {

  @TempDir private Path data = Path.of("");
  private TestServer server;
  private long run;

  @BeforeEach
  void train() throws Exception {
    server = new TestServer(data);
    try (EventStream events = server.events("")) {
      run = server.train("bagnet9", 1);
      events.await(run, "SUCCEEDED");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode artifact(String kind) throws Exception {
    return StreamSupport.stream(server.json("/runs/" + run).path("artifacts").spliterator(), false)
        .filter(artifact -> artifact.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private Path file(JsonNode artifact) {
    return data.resolve("artifacts").resolve(run + "/" + artifact.path("name").asText());
  }

  private static void assertLost(HttpResponse<String> answer, String why) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(410);
    JsonNode problem = Json.MAPPER.readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo("artifact-lost");
    assertThat(problem.path("detail").asText()).contains(why);
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void anAlteredFileIsNotServedUnderItsOldTag() throws Exception {
    JsonNode heatmap = artifact("heatmap");
    String path = "/api/v1/artifacts/" + heatmap.path("id").asLong();
    HttpResponse<String> whole = server.get(path);
    assertThat(whole.statusCode()).isEqualTo(200);
    Files.write(file(heatmap), whole.body().replace('a', 'b').getBytes(StandardCharsets.UTF_8));
    byte[] altered = Files.readAllBytes(file(heatmap));
    altered[0] ^= 1;
    Files.write(file(heatmap), altered);
    assertLost(server.get(path), "its file");
    // Whoever has the bytes that were stored has them still.
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(
            server
                .send(path, HttpRequest.newBuilder().header("If-None-Match", tag).GET())
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void theStatisticsOfLostPredictionsAreLostToo() throws Exception {
    String path = "/api/v1/runs/" + run + "/statistics/classes";
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    Path predictions = file(artifact("predictions"));
    for (String content : List.of("{", "null", "")) {
      Files.writeString(predictions, content);
      assertLost(server.get(path), "predictions.json");
    }
    Files.delete(predictions);
    assertLost(server.get(path), "missing");
  }
}
