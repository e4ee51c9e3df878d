package org.bagnetlab.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.contract.Contract;
import org.bagnetlab.server.contract.Exchange;

/** A whole server with tiny workers in this process on a free port, and a client for it. */
public final class TestServer implements AutoCloseable {

  private final BagnetLabServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts a server on a data directory. */
  public TestServer(Path data) {
    this(settings(data));
  }

  /** Starts a server that runs so. */
  public TestServer(TestSettings settings) {
    server = result(BagnetLabServer.start(settings.server()));
  }

  /** How test servers run. */
  public static TestSettings settings(Path data) {
    return TestSettings.of(data);
  }

  /** A future's value. */
  public static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** The address of a path. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Sends a request for a path, and holds it and its answer to the contract. */
  public HttpResponse<String> send(String path, HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpResponse<String> response = sendUndescribed(path, builder);
    Contract.ours().check(Exchange.of(response));
    return response;
  }

  /** Sends a request that the server takes though no contract describes it. */
  public HttpResponse<String> sendUndescribed(String path, HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    return client.send(
        builder.uri(at(path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Reads a path. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** Reads JSON below the interface's root. */
  public JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get("/api/v1" + path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return parsed(response);
  }

  /** Posts JSON below the interface's root. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        "/api/v1" + path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Submits a training and gives its number. */
  public long train(String architecture, long seed) throws IOException, InterruptedException {
    HttpResponse<String> response =
        post(
            "/jobs",
            """
            {"kind":"train","architecture":"%s","dataset":"controlled-15","seed":%d}
            """
                .formatted(architecture, seed));
    if (response.statusCode() != 201) {
      throw new AssertionError(response.body());
    }
    return parsed(response).path("id").asLong();
  }

  /** The job of this number. */
  public JsonNode job(long id) throws IOException, InterruptedException {
    return json("/jobs/" + id);
  }

  /** Listens to events, with the last event that it heard, or none. */
  public EventStream events(String lastEventId) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at("/api/v1/events"));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    CompletableFuture<HttpResponse<Stream<String>>> response =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines());
    return new EventStream(response.orTimeout(30, TimeUnit.SECONDS).join());
  }

  static JsonNode parsed(HttpResponse<String> response) throws JsonProcessingException {
    return Json.MAPPER.readTree(response.body());
  }

  @Override
  public void close() {
    result(server.close());
  }
}
