package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.guard.Guards;
import org.bagnetlab.storage.database.Database;
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

  @Test
  void changesAndRefusalsAreRecordedNewestFirst() throws Exception {
    try (TestServer server = new TestServer(data)) {
      long job = server.train("bagnet9", 99);
      server.post("/jobs/" + job + "/cancel", "");
      server.post("/jobs", "{\"kind\":\"none\",\"secret\":\"SECRET\"}");
      server.post("/experiments/train/check", "{}");
      server.post("/jobs/987654/pause", "");
      JsonNode page = server.json("/audit");
      assertThat(lines(page))
          .containsExactly(
              "local operator 127.0.0.1 pauseJob /api/v1/jobs/987654/pause 404",
              "local operator 127.0.0.1 submitJob /api/v1/jobs 400",
              "local operator 127.0.0.1 cancelJob /api/v1/jobs/%d/cancel 202".formatted(job),
              "local operator 127.0.0.1 submitJob /api/v1/jobs/%d 201".formatted(job));
      assertThat(page.at("/entries/0/summary").asText()).isEqualTo("Pauses a job");
      assertThat(page.toString()).doesNotContain("SECRET");
      assertThat(server.json("/audit?limit=1&before=3").at("/entries/0/id").asInt()).isEqualTo(2);
    }
  }

  /** The page of changes is opened at once after one, and is not loaded again. */
  @Test
  void whatWasAnsweredIsInTheRecordHoweverBusyTheDatabaseIs() throws Exception {
    Vertx vertx = Vertx.vertx();
    CountDownLatch busy = new CountDownLatch(1);
    try (Database database = Database.open(data.resolve("lab"))) {
      Router router = Router.router(vertx);
      new Guards(vertx, Access.open(), "test", database, request -> {})
          .mount(router, "127.0.0.1", Set.of());
      router.post("/api/v1/jobs").handler(request -> request.response().setStatusCode(400).end());
      Router api = Router.router(vertx);
      new AuditRoute(vertx, database).mount(api);
      router.route(OpenApi.ROOT + "/*").subRouter(api);
      int port =
          TestServer.result(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
              .actualPort();
      HttpRequest.Builder jobs =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/jobs".formatted(port)));
      HttpRequest.Builder audit =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/audit".formatted(port)));
      HttpClient client = HttpClient.newHttpClient();
      CompletableFuture<Boolean> held = database.write(tables -> awaited(busy));
      client.send(jobs.POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
      CompletableFuture<HttpResponse<String>> page =
          client.sendAsync(audit.build(), BodyHandlers.ofString());
      for (int read = 0; read < 100; read++) {
        database.read(tables -> tables.audit().before(Long.MAX_VALUE, 1)).get();
      }
      busy.countDown();
      assertThat(held.get()).isTrue();
      assertThat(lines(Json.MAPPER.readTree(page.get().body())))
          .containsExactly("local operator 127.0.0.1 submitJob /api/v1/jobs 400");
    } finally {
      busy.countDown();
      TestServer.result(vertx.close());
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
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
      assertThat(lines(server.json("/audit")))
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
            TestServer.settings(data)
                .with(new Endpoint("0.0.0.0", 0, Set.of(), true, Optional.empty())))) {
      assertThat(post(server, "not-a-token").statusCode()).isEqualTo(401);
      assertThat(post(server, viewer).statusCode()).isEqualTo(403);
      assertThat(post(server, operator).statusCode()).isEqualTo(200);
      assertThat(server.sendUndescribed("/api/v1/backup", as(viewer)).statusCode()).isEqualTo(403);
      assertThat(server.sendUndescribed("/api/v1/backup", as(operator)).statusCode())
          .isEqualTo(200);
      String page = server.send("/api/v1/audit", as(viewer)).body();
      assertThat(lines(Json.MAPPER.readTree(page)))
          .containsExactly(
              "ann operator 127.0.0.1 backup /api/v1/backup 200",
              "ann operator 127.0.0.1 runRetention /api/v1/storage/retention 200");
      assertThat(page).doesNotContain(operator);
    }
  }

  /** The command line changes them beside the server, which notices. */
  @Test
  void tokensThatComeAndGoAreRecorded() throws Exception {
    TokenFile tokens = TokenFile.in(data, Clock.systemUTC());
    String operator = tokens.add("ann", Role.OPERATOR);
    try (TestServer server =
        new TestServer(
            TestServer.settings(data)
                .with(new Endpoint("0.0.0.0", 0, Set.of(), true, Optional.empty())))) {
      String viewer = tokens.add("bob", Role.VIEWER);
      awaitEntries(server, operator, 1);
      assertThat(server.send("/api/v1/audit", as(viewer)).statusCode()).isEqualTo(200);
      assertThat(tokens.remove("bob")).isTrue();
      String page = awaitEntries(server, operator, 2);
      assertThat(lines(Json.MAPPER.readTree(page)))
          .containsExactly(
              "local operator  removeToken /tokens/bob 200",
              "local operator  addToken /tokens/bob 200");
      assertThat(page).doesNotContain(viewer);
    }
  }

  private static String awaitEntries(TestServer server, String token, int count) throws Exception {
    String page;
    do {
      page = server.send("/api/v1/audit", as(token)).body();
    } while (Json.MAPPER.readTree(page).path("entries").size() < count);
    return page;
  }

  private static HttpRequest.Builder as(String token) {
    return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> post(TestServer server, String token) throws Exception {
    return server.send("/api/v1/storage/retention", as(token).POST(BodyPublishers.noBody()));
  }
}
