package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.TokenFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a token, a server on a network gives nothing. */
@Timeout(120)
class LoginTests {

  @TempDir Path data;

  private TokenFile tokens;
  private String operator = "";
  private String another = "";
  private String viewer = "";
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    tokens = TokenFile.in(data, Clock.systemUTC());
    operator = tokens.add("ann", Role.OPERATOR);
    another = tokens.add("eve", Role.OPERATOR);
    viewer = tokens.add("bob", Role.VIEWER);
    server =
        new TestServer(
            TestServer.settings(data)
                .with(new Endpoint("0.0.0.0", 0, Set.of(), true, Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static HttpRequest.Builder as(String token) {
    return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> sweep(HttpRequest.Builder request) throws Exception {
    return server.send(
        "/api/v1/sweeps",
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"preset\":\"none\"}")));
  }

  private HttpResponse<String> logIn(String token) throws Exception {
    return server.send(
        "/api/v1/session",
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .header("Origin", server.at("").toString())
            .POST(BodyPublishers.ofString("{\"token\":\"%s\"}".formatted(token))));
  }

  @Test
  void nothingIsGivenWithoutAToken() throws Exception {
    for (String path :
        List.of(
            "/api/v1/jobs",
            "/api/v1/events",
            "/api/v1/artifacts/1",
            "/api/v1/openapi.yaml",
            "/api/v1/session",
            "/api/v1/nothing",
            "/",
            "/js/main.js",
            "/docs",
            "/figure")) {
      HttpResponse<String> response = server.sendUndescribed(path, HttpRequest.newBuilder());
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(response.body()).contains("--token or BAGNETLAB_TOKEN");
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("Bearer");
    }
    assertThat(sweep(HttpRequest.newBuilder()).statusCode()).isEqualTo(401);
    for (String wrong : List.of("x", operator + "x", "bagnetlab_")) {
      HttpResponse<String> response = server.send("/api/v1/jobs", as(wrong));
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).contains("unknown-token");
    }
    HttpResponse<String> basic =
        server.send(
            "/api/v1/jobs", HttpRequest.newBuilder().header("Authorization", "Basic " + operator));
    assertThat(basic.statusCode()).isEqualTo(401);
  }

  @Test
  void whetherTheServerIsWellIsNoSecret() throws Exception {
    assertThat(server.get("/api/v1/health/live").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void operatorsChangeAndViewersRead() throws Exception {
    assertThat(server.send("/api/v1/jobs", as(operator)).statusCode()).isEqualTo(200);
    assertThat(server.send("/api/v1/jobs", as(viewer)).statusCode()).isEqualTo(200);
    assertThat(server.send("/api/v1/session", as(viewer)).body())
        .contains("\"bob\"", "\"viewer\"", "\"login\":true");
    assertThat(sweep(as(operator)).body()).contains("There is no preset");
    HttpResponse<String> refused = sweep(as(viewer));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("bob is a viewer");
    HttpResponse<String> upload =
        server.send(
            "/api/v1/weights?name=x",
            as(viewer)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString("x")));
    assertThat(upload.statusCode()).isEqualTo(403);
  }

  @Test
  void aBrowserGetsThePageToLogInAtAnyAddress() throws Exception {
    for (String path : List.of("/", "/figure?name=comparison", "/docs/report")) {
      HttpResponse<String> page =
          server.sendUndescribed(path, HttpRequest.newBuilder().header("Accept", "text/html,*/*"));
      assertThat(page.statusCode()).isEqualTo(401);
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.body()).contains("<title>Log in");
    }
    Set<String> needed = new HashSet<>();
    Matcher links =
        Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
            .matcher(
                server
                    .sendUndescribed("/", HttpRequest.newBuilder().header("Accept", "text/html"))
                    .body());
    while (links.find()) {
      needed.add(links.group(1));
    }
    assertThat(needed).hasSize(3);
    for (String each : needed) {
      assertThat(server.sendUndescribed(each, HttpRequest.newBuilder()).statusCode())
          .as(each)
          .isEqualTo(200);
    }
  }

  @Test
  void aBrowserIsRememberedByACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
    HttpResponse<String> loggedIn = logIn(operator);
    assertThat(loggedIn.statusCode()).isEqualTo(200);
    String set = loggedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict", "Path=/")
        .doesNotContain("Secure");
    String cookie = set.substring(0, set.indexOf(';'));
    assertThat(
            server
                .send("/api/v1/jobs", HttpRequest.newBuilder().header("Cookie", cookie))
                .statusCode())
        .isEqualTo(200);
    // A change needs the word of the browser that it is from here.
    assertThat(sweep(HttpRequest.newBuilder().header("Cookie", cookie)).statusCode())
        .isEqualTo(401);
    assertThat(
            sweep(
                    HttpRequest.newBuilder()
                        .header("Cookie", cookie)
                        .header("Origin", "http://evil.example"))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            sweep(
                    HttpRequest.newBuilder()
                        .header("Cookie", cookie)
                        .header("Origin", server.at("").toString()))
                .statusCode())
        .isEqualTo(400);
    HttpResponse<String> loggedOut =
        server.send(
            "/api/v1/session",
            HttpRequest.newBuilder()
                .header("Cookie", cookie)
                .header("Origin", server.at("").toString())
                .DELETE());
    assertThat(loggedOut.statusCode()).isEqualTo(204);
    assertThat(loggedOut.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
  }

  @Test
  void aWrongLoginSaysSo() throws Exception {
    HttpResponse<String> response = logIn("nonsense");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.body()).contains("not known here").doesNotContain("nonsense");
  }

  @Test
  void aRevokedTokenEndsAtOnceWhatItListensTo() throws Exception {
    HttpResponse<Stream<String>> events =
        HttpClient.newHttpClient()
            .send(as(viewer).uri(server.at("/api/v1/events")).build(), BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    CompletableFuture<Long> end = CompletableFuture.supplyAsync(() -> events.body().count());
    assertThat(tokens.remove("bob")).isTrue();
    assertThat(end)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(UncheckedIOException.class);
    assertThat(server.send("/api/v1/jobs", as(viewer)).statusCode()).isEqualTo(401);
    assertThat(server.send("/api/v1/jobs", as(operator)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"datasets", "weights"})
  void aRevokedTokenEndsAtOnceWhatItUploads(String kind) throws Exception {
    try (Socket socket = socket("POST /api/v1/%s?name=revoked".formatted(kind), 1_000, operator);
        Socket other = socket("POST /api/v1/%s?name=kept".formatted(kind), 1_000, another)) {
      socket.getOutputStream().write(new byte[999]);
      other.getOutputStream().write(new byte[999]);
      while (uploads() < 2) {
        Thread.onSpinWait();
      }
      assertThat(tokens.remove("ann")).isTrue();
      assertThat(socket.getInputStream().read()).as("the end, without an answer").isNegative();
      while (uploads() > 1) {
        Thread.onSpinWait();
      }
      other.getOutputStream().write(new byte[1]);
      assertThat(new String(other.getInputStream().readNBytes(8), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1");
      String imports = server.send("/api/v1/dataset-imports", as(another)).body();
      while (kind.equals("datasets") && !imports.contains("FAILED")) {
        imports = server.send("/api/v1/dataset-imports", as(another)).body();
      }
      assertThat(imports).doesNotContain("revoked");
    }
  }

  private long uploads() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("uploads"))) {
      return files.filter(file -> file.toString().contains("upload-")).count();
    }
  }

  /** A browser that kept it would show it after a logout. */
  @Test
  void aBrowserAsksAgainForWhatItKeeps() throws Exception {
    JsonNode images =
        Json.MAPPER.readTree(
            server.send("/api/v1/datasets/controlled-15/images?part=test", as(viewer)).body());
    HttpResponse<String> image =
        server.send(
            "/api/v1/datasets/controlled-15/image?path=" + images.at("/images/0/path").asText(),
            as(viewer));
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.headers().firstValue("Cache-Control")).contains("private, no-cache");
    HttpResponse<String> jobs = server.send("/api/v1/jobs", as(viewer));
    assertThat(jobs.headers().firstValue("Cache-Control")).contains("no-store");
  }

  /** Whatever is added to the interface is guarded, too. */
  @Test
  void everyOperationNeedsATokenAndEveryChangeAnOperators() throws Exception {
    JsonNode paths =
        new YAMLMapper()
            .readTree(server.send("/api/v1/openapi.yaml", as(operator)).body())
            .path("paths");
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String address = "/api/v1" + path.getKey().replaceAll("\\{\\w+}", "1");
      for (String method : List.of("get", "post", "put", "patch", "delete")) {
        if (!path.getValue().has(method) || address.contains("/health/")) {
          continue;
        }
        operations++;
        boolean session = address.endsWith("/session");
        if (!session || !method.equals("post")) {
          assertThat(status(address, method, HttpRequest.newBuilder()))
              .as(method + " " + address)
              .isEqualTo(401);
        }
        if (!method.equals("get") && !session) {
          // An export only reads, and needs a data set.
          int refused = address.endsWith("/exports") ? 400 : 403;
          assertThat(status(address, method, as(viewer)))
              .as(method + " " + address)
              .isEqualTo(refused);
        }
      }
    }
    assertThat(operations).isGreaterThan(50);
  }

  /** It only reads, although it has a body. */
  @Test
  void aViewerExports() throws Exception {
    HttpResponse<String> response =
        server.send(
            "/api/v1/exports?dataset=controlled-15",
            as(viewer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("\"path\":\"README.md\"");
  }

  private int status(String path, String method, HttpRequest.Builder request) throws Exception {
    return server
        .sendUndescribed(
            path,
            request
                .header("Content-Type", "application/json")
                .method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody()))
        .statusCode();
  }

  /** Nobody without a token may keep a connection, or fill the memory. */
  @Test
  void aRefusedRequestIsNotReadToItsEnd() throws Exception {
    try (Socket socket = socket("POST /api/v1/jobs", 100_000_000_000L)) {
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 401");
    }
    try (Socket socket = socket("POST /api/v1/session", 100_000)) {
      socket.getOutputStream().write(new byte[100_000]);
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  private Socket socket(String request, long bytes) throws IOException {
    return send(request, bytes, "Content-Type: application/json\r\n");
  }

  private Socket socket(String request, long bytes, String token) throws IOException {
    return send(
        request,
        bytes,
        "Content-Type: application/octet-stream\r\nAuthorization: Bearer %s\r\n".formatted(token));
  }

  private Socket send(String request, long bytes, String headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort());
    socket.setSoTimeout(30_000);
    String head =
        "%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(request, headers, bytes);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void behindAProxyWithTlsTheCookieIsSecure() throws Exception {
    HttpResponse<String> response =
        server.send(
            "/api/v1/session",
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Origin", server.at("").toString().replace("http:", "https:"))
                .POST(BodyPublishers.ofString("{\"token\":\"%s\"}".formatted(operator))));
    String set = response.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).startsWith("__Host-bagnetlab-").contains("; Secure");
    assertThat(
            server
                .send(
                    "/api/v1/jobs",
                    HttpRequest.newBuilder().header("Cookie", set.substring(0, set.indexOf(';'))))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aServerWithoutLoginIsNotServedByAProxy(@TempDir Path open) throws Exception {
    try (TestServer loopback = new TestServer(open)) {
      for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP")) {
        HttpResponse<String> response =
            loopback.send("/api/v1/jobs", HttpRequest.newBuilder().header(header, "192.0.2.1"));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("--name HOST");
      }
    }
  }

  /** Guesses are few, and do not hinder a user with a token. */
  @Test
  void anAddressWithoutAValidTokenHasFewAttempts() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest guess =
        HttpRequest.newBuilder(server.at("/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"guess\"}"))
            .build();
    Set<Integer> statuses = new HashSet<>();
    while (!statuses.contains(429)) {
      Stream.generate(() -> client.sendAsync(guess, BodyHandlers.discarding()))
          .limit(100)
          .toList()
          .forEach(answer -> statuses.add(answer.join().statusCode()));
    }
    assertThat(statuses).containsExactlyInAnyOrder(401, 429);
    assertThat(server.send("/api/v1/jobs", as(operator)).statusCode()).isEqualTo(200);
  }
}
