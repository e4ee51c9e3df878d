package org.bagnetlab.server.growth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;

/** The lab as users start it, with the launcher. */
final class LabProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("Bagnet Lab is at (http://\\S+)");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI address;

  private LabProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Serves a data directory on a free port. */
  static LabProcess serve(Path data) throws IOException {
    Process process = start("serve", "--port", "0", "--data", data.toString());
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new LabProcess(process, URI.create(address.group(1)));
      }
    }
    throw new IOException("the server did not start");
  }

  /** What a command prints as JSON. */
  static JsonNode ask(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    JsonNode answer = Json.MAPPER.readTree(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("bagnetlab " + String.join(" ", arguments) + " failed");
    }
    return answer;
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("bagnetlab.launcher")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** BackupProgress of the server's that are in memory. */
  long residentMegabytes() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000;
      }
    }
    throw new IOException("the system does not tell");
  }

  /** How a request for an address of the interface is answered. */
  int status(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(uri(path)).GET().build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  URI address() {
    return address;
  }

  /** The bytes at an address of the interface. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return Json.MAPPER.readTree(bytes(path));
  }

  /** Queues a job and gives its number. */
  long submit(String job) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(job));
    return Json.MAPPER.readTree(send(request)).path("id").asLong();
  }

  /** Says something of a run. */
  void note(long run, String note) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(uri("runs/%d/note".formatted(run)))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(Json.line(Map.of("note", note)))));
  }

  private URI uri(String path) {
    return address.resolve("api/v1/" + path);
  }

  private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 400) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** Stops the server in order. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
