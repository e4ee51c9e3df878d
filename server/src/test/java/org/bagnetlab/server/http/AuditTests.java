package org.bagnetlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.TokenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes something leaves a line. */
@Timeout(120)
class AuditTests {

  @TempDir Path data;

  private static List<String> lines(JsonNode page) {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : page.path("entries")) {
      lines.add(
          "%s %s %s %s %s %d"
              .formatted(
                  entry.path("visitor").asText(),
                  entry.path("role").asText(),
                  entry.path("address").asText(),
                  entry.path("operation").asText(),
                  entry.path("target").asText(),
                  entry.path("status").asInt()));
    }
    return lines;
  }

  /** Entries are stored after the answer, but before what a later request stores. */
  @Test
  void changesAndRefusalsAreRecordedNewestFirst() throws Exception {
    try (TestServer server = new TestServer(data)) {
      long job = server.train("bagnet9", 99);
      server.post("/jobs/" + job + "/cancel", "");
      server.post("/jobs", "{\"kind\":\"none\",\"secret\":\"SECRET\"}");
      server.post("/experiments/train/check", "{}");
      server.post("/jobs/987654/pause", "");
      server.train("bagnet9", 98);
      JsonNode page = server.json("/audit?before=5");
      assertThat(lines(page))
          .containsExactly(
              "local operator 127.0.0.1 pauseJob /api/v1/jobs/987654/pause 404",
              "local operator 127.0.0.1 submitJob /api/v1/jobs 400",
              "local operator 127.0.0.1 cancelJob /api/v1/jobs/%d/cancel 202".formatted(job),
              "local operator 127.0.0.1 submitJob /api/v1/jobs/%d 201".formatted(job));
      assertThat(page.toString()).doesNotContain("SECRET");
      assertThat(server.json("/audit?limit=1&before=3").at("/entries/0/id").asInt()).isEqualTo(2);
    }
  }

  /** Its client waits to be asked for the file, and never is. */
  @Test
  void anUploadThatIsRefusedBeforeItBeginsIsRecorded() throws Exception {
    try (TestServer server = new TestServer(data);
        Socket client = new Socket(server.at("/").getHost(), server.at("/").getPort())) {
      client
          .getOutputStream()
          .write(
              """
              POST /api/v1/weights?name=no/name HTTP/1.1
              Host: 127.0.0.1
              Content-Type: application/octet-stream
              Content-Length: 2000000
              Expect: 100-continue

              """
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ");
      server.train("bagnet9", 97);
      assertThat(lines(server.json("/audit?before=2")))
          .containsExactly("local operator 127.0.0.1 importWeights /api/v1/weights 400");
    }
  }

  @Test
  void entriesNameTheToken() throws Exception {
    TokenFile tokens = TokenFile.in(data, Clock.systemUTC());
    String operator = tokens.add("ann", Role.OPERATOR);
    String viewer = tokens.add("bob", Role.VIEWER);
    try (TestServer server =
        new TestServer(
            TestServer.settings(
                data, new Endpoint("0.0.0.0", 0, Set.of(), true, Optional.empty())))) {
      assertThat(post(server, "not-a-token").statusCode()).isEqualTo(401);
      assertThat(post(server, viewer).statusCode()).isEqualTo(403);
      assertThat(post(server, operator).statusCode()).isEqualTo(200);
      assertThat(server.sendUndescribed("/api/v1/backup", as(viewer)).statusCode()).isEqualTo(403);
      assertThat(server.sendUndescribed("/api/v1/backup", as(operator)).statusCode())
          .isEqualTo(200);
      HttpResponse<String> later = train(server, operator);
      assertThat(later.statusCode()).isEqualTo(201);
      String page = server.send("/api/v1/audit?before=3", as(viewer)).body();
      assertThat(lines(Json.MAPPER.readTree(page)))
          .containsExactly(
              "ann operator 127.0.0.1 backup /api/v1/backup 200",
              "ann operator 127.0.0.1 runRetention /api/v1/storage/retention 200");
      assertThat(page).doesNotContain(operator);
    }
  }

  private static HttpRequest.Builder as(String token) {
    return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> post(TestServer server, String token) throws Exception {
    return server.send("/api/v1/storage/retention", as(token).POST(BodyPublishers.noBody()));
  }

  private static HttpResponse<String> train(TestServer server, String token) throws Exception {
    return server.send(
        "/api/v1/jobs",
        as(token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\"}")));
  }
}
