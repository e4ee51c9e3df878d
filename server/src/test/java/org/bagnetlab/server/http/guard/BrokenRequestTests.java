package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever is wrong with a request, its sender reads a problem document, and the log stays clean.
 */
@Timeout(60)
class BrokenRequestTests {

  @TempDir static Path data;
  static TestServer server;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() {
    server = new TestServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void nothingWasLogged() {
    root().detachAppender(log);
    assertThat(log.list).isEmpty();
  }

  private record Answer(int status, String head, String body) {

    JsonNode problem() throws IOException {
      assertThat(head).containsIgnoringCase("content-type: application/problem+json");
      JsonNode problem = Json.MAPPER.readTree(body);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("detail").asText()).isNotEmpty();
      return problem;
    }
  }

  /** Sends what no client library would, and reads until the server closes. */
  private static Answer answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(end).as(answer).isPositive();
      return new Answer(
          Integer.parseInt(answer.split(" ", 3)[1]),
          answer.substring(0, end),
          answer.substring(end + 4));
    }
  }

  private static Answer answer(String line, String headers) throws IOException {
    return answer(
        "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n".formatted(line, headers));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/datasets?name=a, octet-stream, 17179869185,         The file is larger than 16 GiB.",
    "/api/v1/weights?name=a,  octet-stream, 2147483649,          The file is larger than 2 GiB.",
    "/api/v1/weights?name=a,  octet-stream, 1152921504606846976, The file is larger than 2 GiB.",
    "/api/v1/jobs,            json,         1048577,             The request is larger than 1 MiB.",
  })
  void whatIsTooLargeIsRefusedBeforeItIsSent(
      String address, String type, long length, String detail) throws Exception {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(address, type, length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      // The server waits for what was announced: the answer ends where its JSON does.
      String answer =
          new Scanner(socket.getInputStream(), StandardCharsets.UTF_8).useDelimiter("}").next();
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"detail\":\"" + detail);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs?limit=%zz",
        "/api/v1/jobs?limit=%",
        "/api/v1/jobs?limit=%4",
        "/api/v1/jobs?%zz=1",
        "/api/v1/jobs/%zz",
        "/api/v1/sweeps/%e",
        "/api/v1/%zz",
        "/%zz",
        "/js/%zz.js",
        "/%",
      })
  void aBrokenEscapeIsRefused(String address) throws Exception {
    Answer answer = answer("GET " + address, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem().path("code").asText()).isEqualTo("malformed-address");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/jobs?limit=%c3%28,       400",
    "GET,    /api/v1/jobs?state=%00,          400",
    "GET,    /api/v1/jobs/%ff,                404",
    "GET,    /api/v1/jobs/%00,                404",
    "GET,    /api/v1/sweeps/%ff,              404",
    "GET,    /api/v1/sweeps/%00,              404",
    "DELETE, /api/v1/sweeps/%00,              404",
    "GET,    /api/v1/weights/%00/file,        404",
    "DELETE, /api/v1/weights/%00,             404",
    "DELETE, /api/v1/weights/..%2f..%2fx,     404",
    "GET,    /api/v1/comparison?dataset=%00,  200",
    "POST,   /api/v1/weights?name=%00,        411",
    "GET,    /%00,                            404",
    "GET,    /%ff,                            404",
    "GET,    *,                               404",
  })
  void oddAddressesAreAnswered(String method, String address, int status) throws Exception {
    Answer answer = answer(method + " " + address, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.problem().path("code").asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/v1/jobs,          0",
    "POST /api/v1/jobs,         2",
    "POST /api/v1/weights,      2",
    "GET /,                     0",
  })
  void anUnknownExpectationIsRefused(String line, int length) throws Exception {
    for (String expectation : new String[] {"x", "100-continue, x", "200-ok"}) {
      Answer answer =
          answer(
              line,
              "Expect: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                  .formatted(expectation, length));
      assertThat(answer.status()).isEqualTo(417);
      assertThat(answer.problem().path("code").asText()).isEqualTo("expectation-failed");
    }
  }

  @Test
  void whoAsksWhetherToGoOnIsToldSo() throws Exception {
    Answer answer =
        answer(
            "POST /api/v1/jobs",
            "Expect: 100-Continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer.status()).isEqualTo(100);
    assertThat(answer.body()).startsWith("HTTP/1.1 400").contains("\"field\":\"kind\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,     /api/v1/jobs,                'GET, POST'",
    "GET,     /api/v1/jobs/7/cancel,       'POST'",
    "POST,    /api/v1/jobs/7,              'DELETE, GET'",
    "POST,    /api/v1/jobs/7/,             'DELETE, GET'",
    "PATCH,   /api/v1/sweeps/a,            'DELETE, GET'",
    "GET,     /api/v1/messages/test,       'POST'",
    "DELETE,  /api/v1/events,              'GET'",
    "OPTIONS, /api/v1/health/live,         'GET'",
    "BREW,    /api/v1/openapi.yaml,        'GET'",
    "POST,    /,                           'GET'",
    "DELETE,  /js/main.js,                 'GET'",
  })
  void aWrongMethodIsToldTheRightOnes(String method, String address, String allowed)
      throws Exception {
    Answer answer = answer(method + " " + address, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(405);
    assertThat(answer.head().toLowerCase(Locale.ROOT))
        .contains("\r\nallow: " + allowed.toLowerCase(Locale.ROOT) + "\r\n");
    assertThat(answer.problem().path("code").asText()).isEqualTo("method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /api/v1/nothing",
        "POST /api/v2/jobs",
        "DELETE /api/v1",
        "GET /api/v1/openapiXyaml"
      })
  void whereNothingIsNoMethodIsRight(String line) throws Exception {
    Answer answer = answer(line, "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem().path("code").asText()).isEqualTo("not-found");
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    Answer line = answer("GET /" + "x".repeat(5_000), "");
    assertThat(line.status()).isEqualTo(414);
    assertThat(line.problem().path("code").asText()).isEqualTo("address-too-long");
    Answer headers = answer("GET /", "X: " + "x".repeat(9_000) + "\r\n");
    assertThat(headers.status()).isEqualTo(431);
    assertThat(headers.problem().path("code").asText()).isEqualTo("headers-too-large");
    for (String garbage :
        new String[] {
          "garbage\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
          "GET / HTTP/1.1\r\nHost localhost\r\nConnection: close\r\n\r\n",
          "GET / HTTP/1.1\r\n: x\r\nConnection: close\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        }) {
      Answer answer = answer(garbage);
      assertThat(answer.status()).as(garbage).isEqualTo(400);
      assertThat(answer.problem().path("code").asText()).isEqualTo("malformed");
    }
  }

  @Test
  void aBrokenChunkEndsTheConnection() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
  }
}
