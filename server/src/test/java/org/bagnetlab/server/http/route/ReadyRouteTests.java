package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database file is removed says so, and what it has stored is not lost. */
@Timeout(120)
class ReadyRouteTests {

  @TempDir private Path data = Path.of("");

  private List<Path> rescued() throws Exception {
    try (Stream<Path> all = Files.list(data.resolve("database"))) {
      return all.filter(file -> file.toString().contains("-rescued-")).toList();
    }
  }

  @Test
  void aRemovedDatabaseIsNoticedAndKept() throws Exception {
    Path database = data.resolve("database/bagnetlab.mv.db");
    try (TestServer server = new TestServer(data)) {
      assertThat(server.get("/api/v1/health/ready").statusCode()).isEqualTo(200);
      Files.delete(database);
      HttpResponse<String> answer = server.get("/api/v1/health/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      JsonNode health = Json.MAPPER.readTree(answer.body());
      assertThat(health.path("reason").asText())
          .startsWith("The database file " + data.resolve("database").toRealPath())
          .contains("kept as " + rescued().get(0), "start again");
      var _ = server.train("bagnet9", 1);
    }
    Files.move(rescued().get(0), database);
    try (TestServer server = new TestServer(data)) {
      assertThat(server.json("/jobs").path("total").asInt()).isEqualTo(1);
      assertThat(server.get("/api/v1/health/ready").statusCode()).isEqualTo(200);
    }
  }
}
