package org.bagnetlab.server.cli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.jspecify.annotations.Nullable;

/** Sends requests to a running server. */
public final class LabClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Timeout for large files and for views, which the server computes from all runs. */
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(10);

  private static final int BLOCK = 1 << 16;

  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");

  private final URI server;
  private final Optional<String> token;
  private final HttpClient http;

  /** Creates a client of a server that needs no token. */
  public LabClient(String server) {
    this(server, Optional.empty(), Optional.empty());
  }

  /**
   * Creates a client of a server on a network.
   *
   * @param token to log in with
   * @param authorities PEM file of the certificates to trust instead of Java's default ones
   */
  LabClient(String server, Optional<String> token, Optional<Path> authorities) {
    if (!server.matches("https?://[^/\\s]+.*")) {
      throw new Failure(
          "--server (or BAGNETLAB_SERVER) must be an address such as http://127.0.0.1:8080, but is '%s'."
              .formatted(server));
    }
    this.server = URI.create(server.endsWith("/") ? server : server + "/");
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    authorities.map(Trust::in).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  URI address() {
    return server;
  }

  /** The data that a browser needs to open a page of the dashboard. */
  public Visit visit(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request("session").GET());
    return new Visit(
        server.resolve(path), authorization(), response.sslSession().map(LabClient::key));
  }

  private static String key(SSLSession session) {
    try {
      byte[] key = session.getPeerCertificates()[0].getPublicKey().getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (SSLPeerUnverifiedException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return json(send("GET", path, null));
  }

  public String text(String path) throws IOException, InterruptedException {
    return text(path, "*/*");
  }

  /** The server's response as text in one of the media types that it offers. */
  public String text(String path, String mediaType) throws IOException, InterruptedException {
    return send(request(path).header("Accept", mediaType).timeout(LONG_TIMEOUT).GET()).body();
  }

  public JsonNode post(String path, @Nullable JsonNode body)
      throws IOException, InterruptedException {
    return json(send("POST", path, body));
  }

  public JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return json(send("PUT", path, body));
  }

  public JsonNode patch(String path, JsonNode body) throws IOException, InterruptedException {
    return json(send("PATCH", path, body));
  }

  /** The server's response to a deletion; empty if it has no body. */
  public JsonNode delete(String path) throws IOException, InterruptedException {
    return json(send("DELETE", path, null));
  }

  /** Encodes a name as a path segment. */
  public static String part(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * A callback for the progress of a download: the bytes received so far, and the total if known.
   */
  public interface Received {
    void report(long bytes, OptionalLong all);
  }

  private static Optional<String> fileName(String disposition) {
    return FILE_NAME.matcher(disposition).results().map(match -> match.group(1)).findFirst();
  }

  /** Receives a line of a response. */
  public interface Line {
    void read(String line) throws IOException;
  }

  /** Posts a request, and reads the lines of its response as they arrive, without a time limit. */
  public void lines(String path, JsonNode body, Line each)
      throws IOException, InterruptedException {
    HttpRequest request =
        bare(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build();
    HttpResponse<InputStream> response =
        connected(() -> http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      requireHere(response);
      if (response.statusCode() >= 400) {
        throw problem(response.statusCode(), lines.lines().collect(Collectors.joining()));
      }
      // Only reading tells of the connection: what is made of a line fails for reasons of its own.
      Sending<Optional<String>> next = () -> Optional.ofNullable(lines.readLine());
      for (Optional<String> line = connected(next); line.isPresent(); line = connected(next)) {
        each.read(line.get());
      }
    }
  }

  /** Downloads a file; a terminal shows how many bytes have arrived. */
  public Optional<String> download(String path, Path file)
      throws IOException, InterruptedException {
    ProgressLine progressLine = new ProgressLine("MB received");
    progressLine.report(0, 0);
    Optional<String> name =
        download(
            path,
            file,
            (bytes, all) ->
                progressLine.report((int) (bytes >> 20), (int) (all.orElse(bytes) >> 20)));
    progressLine.clear();
    return name;
  }

  /** Downloads a file without a time limit. Returns the server's name for it, if any. */
  public Optional<String> download(String path, Path file, Received received)
      throws IOException, InterruptedException {
    HttpRequest request = bare(path).timeout(LONG_TIMEOUT).build();
    HttpResponse<InputStream> response =
        connected(() -> http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    try (InputStream body = response.body()) {
      requireHere(response);
      if (response.statusCode() >= 400) {
        throw problem(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
      OptionalLong all =
          Stream.of("X-Total-Bytes", "Content-Length")
              .map(response.headers()::firstValueAsLong)
              .filter(OptionalLong::isPresent)
              .findFirst()
              .orElse(OptionalLong.empty());
      try (OutputStream out = Files.newOutputStream(file)) {
        byte[] block = new byte[BLOCK];
        long bytes = 0;
        for (int read = body.read(block); read >= 0; read = body.read(block)) {
          out.write(block, 0, read);
          bytes += read;
          received.report(bytes, all);
        }
      }
      return response.headers().firstValue("Content-Disposition").flatMap(LabClient::fileName);
    }
  }

  /** Sends a file as a request's body without a time limit; a terminal shows how much is sent. */
  public JsonNode upload(String path, Path file) throws IOException, InterruptedException {
    ProgressLine progressLine = new ProgressLine("MB sent");
    int megabytes = (int) (Files.size(file) >> 20);
    progressLine.report(0, megabytes);
    JsonNode answer =
        json(
            send(
                bare(path)
                    .header("Content-Type", "application/octet-stream")
                    .POST(
                        CountedBody.of(
                            HttpRequest.BodyPublishers.ofFile(file),
                            sent -> progressLine.report((int) (sent >> 20), megabytes)))));
    progressLine.clear();
    return answer;
  }

  /** Refuses a file that cannot be sent. */
  public static void checkFile(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new Failure("No such file, or an empty one: %s.".formatted(file));
    }
  }

  private HttpResponse<String> send(String method, String path, @Nullable JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .method(method, HttpRequest.BodyPublishers.ofString(Json.line(body)))
          .header("Content-Type", "application/json");
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return bare(path).timeout(TIMEOUT);
  }

  private HttpRequest.Builder bare(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("api/v1/" + path));
    authorization().forEach(request::header);
    return request;
  }

  private Map<String, String> authorization() {
    return token.map(known -> Map.of("Authorization", "Bearer " + known)).orElse(Map.of());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        connected(() -> http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    requireHere(response);
    if (response.statusCode() >= 400) {
      throw problem(response.statusCode(), response.body());
    }
    return response;
  }

  /**
   * Refuses a redirect: following it would send the token elsewhere, and its body is not the
   * requested response.
   */
  private void requireHere(HttpResponse<?> response) {
    if (response.statusCode() >= 300 && response.statusCode() < 400) {
      throw new Failure(
          "The server at %s refers to %s: set that address with --server."
              .formatted(server, response.headers().firstValue("Location").orElse("another")));
    }
  }

  private interface Sending<T> {
    T send() throws IOException, InterruptedException;
  }

  private <T> T connected(Sending<T> sending) throws IOException, InterruptedException {
    try {
      return sending.send();
    } catch (ConnectException e) {
      throw new Unreachable(
          "No server responds at %s. Start one with ./bagnetlab serve, or set another address with --server."
              .formatted(server),
          e);
    } catch (SSLException e) {
      // Java has two such messages, which differ in the case of the first letter.
      if (String.valueOf(e.getMessage()).contains("nrecognized SSL message")) {
        throw new Failure(
            "The server at %s does not use HTTPS: its address begins with http://."
                .formatted(server));
      }
      throw new Failure(
          "Cannot trust the server at %s: %s. For a certificate of the lab's own, set --ca FILE or BAGNETLAB_CA."
              .formatted(server, e.getMessage()));
    } catch (HttpTimeoutException e) {
      throw new Unreachable(
          "The server at %s did not respond in time: check whether it is still running."
              .formatted(server),
          e);
    } catch (IOException e) {
      throw new Unreachable(
          "Lost the connection to the server at %s: check whether it is still running."
              .formatted(server),
          e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  private static Failure problem(int status, String body) {
    try {
      JsonNode problem = Json.MAPPER.readTree(body);
      String detail = problem.path("detail").asText("");
      if (!detail.isEmpty()) {
        return problem.has("field")
            ? new Refused(problem.path("field").asText(), detail)
            : new Failure(detail);
      }
    } catch (IOException e) {
      // Not a problem document, so the message has only the status.
    }
    return new Failure("The server responded with status %d.".formatted(status));
  }
}
