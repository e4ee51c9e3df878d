package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign pages and odd paths get nothing. */
class GuardTests {

  @TempDir static Path data;
  static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** As a browser would send it, whatever the client library thinks of it. */
  private static String status(String request) throws IOException {
    return answer(request).lines().findFirst().orElse("");
  }

  private static String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersToItsOwnNamesOnly() throws Exception {
    String get = "GET /api/v1/jobs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
    assertThat(status(get.formatted("localhost:8080"))).contains("200");
    assertThat(status(get.formatted("127.0.0.1"))).contains("200");
    assertThat(status(get.formatted("[::1]:80"))).contains("200");
    assertThat(status(get.formatted("lab.example"))).contains("200");
    assertThat(status(get.formatted("LAB.example:80"))).contains("200");
    assertThat(status(get.formatted("evil.example"))).contains("421");
    assertThat(status(get.formatted("localhost.evil.example"))).contains("421");
    assertThat(status("GET /api/v1/jobs HTTP/1.1\r\nConnection: close\r\n\r\n")).contains("400");
    // A proxy in between may have decided by the other one.
    assertThat(status(get.formatted("localhost\r\nHost: evil.example"))).contains("400");
    assertThat(status(get.formatted("localhost\r\nHost: localhost"))).contains("400");
  }

  @Test
  void aBrowserAtAnUnknownNameIsToldHowItBecomesKnown() throws Exception {
    String get = "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    assertThat(answer(get.formatted("/", "gpu-box:8080")))
        .contains("421", "text/html", "the host name gpu-box in", "--name gpu-box")
        .doesNotContain("lab.example");
    assertThat(answer(get.formatted("/", "<b>"))).doesNotContain("<b>");
    assertThat(answer(get.formatted("/api/v1/jobs", "gpu-box"))).contains("421", "unknown-host");
  }

  @Test
  void aPageFromElsewhereChangesNothing() throws Exception {
    String own = server.at("").toString();
    assertThat(sweep("Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(sweep("Origin", "null").statusCode()).isEqualTo(403);
    assertThat(sweep("Origin", "http://127.0.0.1:1").statusCode()).isEqualTo(403);
    assertThat(sweep("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(sweep("Origin", own).statusCode()).isEqualTo(400);
  }

  /** An export changes nothing, but takes time. */
  @Test
  void aPageFromElsewhereExportsNothing() throws Exception {
    String json = "application/json";
    assertThat(export(json, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(export(json, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(export("text/plain", "Accept", "*/*").statusCode()).isEqualTo(415);
    assertThat(export(json, "Origin", server.at("").toString()).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> export(String type, String header, String value)
      throws Exception {
    return server.send(
        "/api/v1/exports?dataset=controlled-15",
        HttpRequest.newBuilder()
            .header("Content-Type", type)
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
  }

  private static HttpResponse<String> sweep(String header, String value) throws Exception {
    return server.send(
        "/api/v1/sweeps",
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString("{\"preset\":\"none\"}")));
  }

  @Test
  void aFormsBodyIsRefused() throws Exception {
    HttpResponse<String> response =
        server.send(
            "/api/v1/jobs",
            HttpRequest.newBuilder()
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void theDashboardMayLoadOnlyItsOwnFiles() throws Exception {
    HttpResponse<String> page = server.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'; ", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(server.get("/js/main.js").headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
    HttpRequest.Builder again =
        HttpRequest.newBuilder()
            .header("If-None-Match", page.headers().firstValue("ETag").orElse(""));
    assertThat(server.send("/", again).statusCode()).isEqualTo(304);
  }

  /** A strong tag would be that of the bytes, which differ by encoding. */
  @Test
  void textsAreCompressedForClientsThatAcceptIt() throws Exception {
    for (String path : List.of("/css/dashboard.css", "/", "/api/v1/experiments")) {
      HttpResponse<byte[]> plain = bytes(path, "identity");
      HttpResponse<byte[]> packed = bytes(path, "gzip, deflate, br");
      assertThat(plain.headers().firstValue("Content-Encoding")).as(path).isEmpty();
      assertThat(packed.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
      assertThat(packed.headers().firstValue("Vary")).as(path).contains("Accept-Encoding");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
          .as(path)
          .isEqualTo(plain.body());
      assertThat(bytes(path, "gzip;q=0").body()).as(path).isEqualTo(plain.body());
      if (!path.startsWith("/api")) {
        assertThat(packed.headers().firstValue("ETag").orElse("")).as(path).startsWith("W/");
      }
    }
  }

  /** Events would arrive late. */
  @Test
  void eventsAreNotCompressed() throws Exception {
    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.at("/api/v1/events"))
                    .header("Accept-Encoding", "gzip")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream stream = events.body()) {
      assertThat(new String(stream.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("retry:");
    }
  }

  private static HttpResponse<byte[]> bytes(String path, String encodings) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.at(path)).header("Accept-Encoding", encodings).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void whatIsNamedByItsContentIsKept() throws Exception {
    assertThat(server.get("/js/main.js").headers().firstValue("Cache-Control"))
        .contains("no-cache");
    Matcher paths =
        Pattern.compile("modulepreload\" href=\"([^\"]+)\"").matcher(server.get("/").body());
    int modules = 0;
    for (; paths.find(); modules++) {
      HttpResponse<String> module = server.get(paths.group(1));
      assertThat(module.statusCode()).as(paths.group(1)).isEqualTo(200);
      assertThat(module.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(modules).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webjars/../org/bagnetlab/server/openapi.yaml",
        "/webjars/chart.js/../../../../org/bagnetlab/server/openapi.yaml",
        "/webjars/chart.js/%2e%2e/%2e%2e/MANIFEST.MF",
        "/webjars/types__trusted-types/2.0.7/package.json",
        "/%2e%2e/META-INF/MANIFEST.MF",
        "/..%2fdashboard/index.html",
        "/js/",
        "/js",
        "/nothing.html",
        "/api/v1/nothing",
        "/api/v2/jobs",
        "/api/v1/artifacts/..%2f..%2fserver.lock",
        "/api/v1/jobs/-1",
        "/api/v1/jobs/99999999999999999999",
      })
  void oddPathsLeadNowhere(String path) throws Exception {
    assertThat(
            status(
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path)))
        .contains("404");
  }
}
