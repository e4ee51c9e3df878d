package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;

/** Talks to a running server. */
final class LabClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Duration DOWNLOAD = Duration.ofMinutes(10);

  private final URI server;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  LabClient(String server) {
    if (!server.matches("https?://[^/\\s]+.*")) {
      throw new Failure(
          "--server must be an address such as http://127.0.0.1:8080, but is '%s'."
              .formatted(server));
    }
    this.server = URI.create(server.endsWith("/") ? server : server + "/");
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json(send("GET", path, null));
  }

  String text(String path) throws IOException, InterruptedException {
    return send("GET", path, null).body();
  }

  JsonNode post(String path, @Nullable JsonNode body) throws IOException, InterruptedException {
    return json(send("POST", path, body));
  }

  void delete(String path) throws IOException, InterruptedException {
    send("DELETE", path, null);
  }

  /** Writes the bytes of an address to a file. */
  void download(String path, Path file) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("api/v1/" + path)).timeout(DOWNLOAD).build();
    HttpResponse<Path> response =
        connected(() -> http.send(request, HttpResponse.BodyHandlers.ofFile(file)));
    if (response.statusCode() >= 400) {
      throw new Failure(problem(response.statusCode(), Files.readString(file)));
    }
  }

  private HttpResponse<String> send(String method, String path, @Nullable JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("api/v1/" + path)).timeout(TIMEOUT);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .method(method, HttpRequest.BodyPublishers.ofString(Json.line(body)))
          .header("Content-Type", "application/json");
    }
    HttpResponse<String> response =
        connected(() -> http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    if (response.statusCode() >= 400) {
      throw new Failure(problem(response.statusCode(), response.body()));
    }
    return response;
  }

  private interface Sending<T> {
    T send() throws IOException, InterruptedException;
  }

  private <T> T connected(Sending<T> sending) throws IOException, InterruptedException {
    try {
      return sending.send();
    } catch (ConnectException e) {
      throw new Failure(
          "No server answers at %s. Start one with: ./bagnetlab serve (or name it with --server)."
              .formatted(server));
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  private static String problem(int status, String body) {
    try {
      String detail = Json.MAPPER.readTree(body).path("detail").asText("");
      if (!detail.isEmpty()) {
        return detail;
      }
    } catch (IOException e) {
      // Not a problem document: the status has to do.
    }
    return "The server answered with status %d.".formatted(status);
  }
}
