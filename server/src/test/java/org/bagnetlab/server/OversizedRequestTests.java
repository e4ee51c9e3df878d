package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.server.contract.Contract;
import org.bagnetlab.server.contract.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request of less than 1 MiB that asks for more than a server can hold is refused at once, by a
 * server with little memory, and holds up nobody else.
 */
@Timeout(120)
class OversizedRequestTests {

  /** Many times what the reading takes, and a fraction of what multiplying out took. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String BASE = "\"dataset\":\"controlled-15\",\"architecture\":\"bagnet9\"";

  @TempDir Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;
  private URI server;

  @BeforeEach
  void start() throws IOException {
    process = SmallServer.start(data);
    server = URI.create(SmallServer.address(process));
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private HttpRequest post(String path, String body) {
    assertThat(body.length()).isLessThan(1 << 20);
    return HttpRequest.newBuilder(server.resolve("/api/v1/" + path))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String times(int count, String text) {
    return IntStream.range(0, count).mapToObj(i -> text).collect(Collectors.joining(","));
  }

  private List<HttpRequest> oversized() {
    String ones = times(480_000, "1");
    String hundred = numbers(100);
    return List.of(
        post(
            "sweeps",
            "{\"name\":\"a\",\"base\":{%s,\"weights\":[%s]},\"grid\":{\"seed\":[%s],\"epochs\":[%s]}}"
                .formatted(BASE, ones, hundred, hundred)),
        post(
            "sweeps",
            "{\"name\":\"a\",\"base\":{%s},\"then\":[%s]}"
                .formatted(
                    BASE,
                    times(
                        1_000,
                        "{\"kind\":\"heatmap\",\"image\":[%s],\"label\":[%s]}"
                            .formatted(hundred, hundred)))),
        post(
            "sweeps",
            "{\"name\":\"a\",\"base\":{%s},\"random\":{\"trials\":9000,\"epochs\":[%s]}}"
                .formatted(BASE, times(340_000, "[]"))),
        post("sweeps", "{\"preset\":\"demo\",\"dataset\":[%s]}".formatted(ones)),
        post("sweeps", "{\"name\":[%s]}".formatted(ones)),
        post("jobs", "{\"kind\":\"train\",%s,\"seed\":[%s]}".formatted(BASE, ones)),
        post("jobs", "{\"kind\":\"train\",%s,\"%s\":1}".formatted(BASE, "x".repeat(900_000))),
        post("jobs", "{\"kind\":\"%s\"}".formatted("x".repeat(900_000))),
        post("jobs", "{\"kind\":" + "[".repeat(900_000)));
  }

  private void assertAnsweredSoon(HttpRequest request) throws Exception {
    long begun = System.nanoTime();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    assertThat(response.statusCode()).isEqualTo(200);
    Contract.ours().check(Exchange.of(response));
  }

  @Test
  void areRefusedAtOnceWhileOthersAreAnswered() throws Exception {
    HttpRequest other = HttpRequest.newBuilder(server.resolve("/api/v1/jobs")).build();
    assertAnsweredSoon(other);
    for (HttpRequest request : oversized()) {
      long begun = System.nanoTime();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      assertAnsweredSoon(other);
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        HttpResponse<String> response = answer.get(60, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).hasSizeLessThan(1_000);
        Contract.ours().check(Exchange.of(response));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }
    assertAnsweredSoon(other);
    assertThat(process.isAlive()).isTrue();
  }
}
