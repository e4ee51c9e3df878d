package org.bagnetlab.server.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.server.TestServer;

/**
 * Bodies or queries of requests to a whole server without devices. An input is a line with a route,
 * and what is sent there.
 */
final class RequestTarget implements Target {

  /** Of routes that take JSON, besides those of the contract without any. */
  private static final Map<String, List<String>> BODIES =
      new TreeMap<>(
          Map.of(
              "POST /jobs",
              List.of(
                  "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\",\"seed\":3}",
                  "{\"kind\":\"heatmap\",\"run\":1,\"stride\":8,\"classes\":[0,1],\"images\":\"0"
                      + " 3\"}"),
              "POST /jobs/1/move",
              List.of("{\"to\":\"first\"}", "{\"before\":2}", "{\"priority\":5}"),
              "POST /job-batches/check",
              List.of(
                  "{\"jobs\":[{\"spec\":{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\"},\"then\":[{\"kind\":\"heatmap\"}]}]}"),
              "POST /sweeps",
              List.of(
                  "{\"name\":\"ladder\",\"base\":{\"dataset\":\"controlled-15\",\"epochs\":6},\"grid\":{\"architecture\":[\"bagnet9\"],\"seed\":[1,2]},\"then\":[{\"kind\":\"heatmap\",\"stride\":8}]}",
                  "{\"name\":\"random\",\"base\":{\"dataset\":\"controlled-15\",\"architecture\":\"bagnet9\"},\"random\":{\"trials\":3,\"seed\":1,\"learningRate\":{\"from\":0.001,\"to\":0.1}},\"halving\":{\"rungs\":[2,4],\"keep\":0.5}}",
                  "{\"preset\":\"demo\",\"seed\":[1,2]}"),
              "POST /sweeps/check",
              List.of(
                  "{\"base\":{\"dataset\":\"controlled-15\"},\"grid\":{\"architecture\":[\"bagnet9\"],\"seed\":[1,2]},\"then\":[{\"kind\":\"heatmap\",\"stride\":3}]}"),
              "POST /experiments/train/check",
              List.of("{\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\",\"width\":0.5}"),
              "POST /session",
              List.of("{\"token\":\"bagnetlab_x\"}"),
              "PUT /runs/1/note",
              List.of("{\"note\":\"a note\"}"),
              "PATCH /runs/1/tags",
              List.of("{\"add\":[\"a\"],\"remove\":[\"b\"]}")));

  /** Of parameters in paths. */
  private static final Map<String, String> IN_PATHS =
      Map.of("{id}", "1", "{name}", "controlled-15", "{file}", "comparison.csv");

  private final TestServer server;
  private final List<String> routes;
  private final List<byte[]> seeds;
  private final Mutation.Structure structure;
  private final boolean bodies;

  private RequestTarget(Path folder, boolean bodies) throws IOException, InterruptedException {
    server = new TestServer(TestServer.settings(folder.resolve("lab")).with(Devices.of(List.of())));
    this.bodies = bodies;
    JsonNode paths =
        new YAMLMapper().readTree(server.get("/api/v1/openapi.yaml").body()).path("paths");
    Map<String, List<String>> examples = bodies ? withBodies(paths) : withQueries(paths);
    routes = List.copyOf(examples.keySet());
    seeds = new ArrayList<>();
    examples.forEach((route, sent) -> sent.forEach(each -> seeds.add(latin(route + "\n" + each))));
    Mutation.Structure tokens = bodies ? Tokens.json() : Tokens.query();
    // The route stays what it is.
    structure =
        (input, random) -> {
          int sent = sent(input);
          byte[] changed = tokens.change(Arrays.copyOfRange(input, sent, input.length), random);
          return Mutation.replaced(input, sent, input.length - sent, changed);
        };
  }

  static Target bodies(Path folder) throws IOException, InterruptedException {
    return new RequestTarget(folder, true);
  }

  static Target queries(Path folder) throws IOException, InterruptedException {
    return new RequestTarget(folder, false);
  }

  /** With every route of the contract that changes something and takes no file. */
  private static Map<String, List<String>> withBodies(JsonNode paths) {
    Map<String, List<String>> all = new TreeMap<>(BODIES);
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      boolean file =
          path.getValue().at("/post/requestBody/content").has("application/octet-stream");
      if (path.getValue().has("post") && !file) {
        all.putIfAbsent("POST " + filled(path.getKey()), List.of("{}", ""));
      }
    }
    return all;
  }

  private static Map<String, List<String>> withQueries(JsonNode paths) {
    Map<String, List<String>> all = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      // A stream of events does not end.
      if (path.getValue().has("get") && !path.getKey().equals("/events")) {
        StringBuilder query = new StringBuilder("a=b");
        for (JsonNode parameter : path.getValue().at("/get/parameters")) {
          query.append('&').append(parameter.path("name").asText()).append("=1");
        }
        all.put("GET " + filled(path.getKey()), List.of(query.toString(), query.substring(3)));
      }
    }
    return all;
  }

  private static String filled(String path) {
    String filled = path;
    for (Map.Entry<String, String> parameter : IN_PATHS.entrySet()) {
      filled = filled.replace(parameter.getKey(), parameter.getValue());
    }
    return filled;
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation.Structure structure() {
    return structure;
  }

  @Override
  public boolean takes(byte[] input) throws IOException, InterruptedException {
    int start = sent(input);
    String[] route = route(Arrays.copyOf(input, Math.max(0, start - 1))).split(" ", 2);
    byte[] sent = Arrays.copyOfRange(input, start, input.length);
    String path = "/api/v1" + route[1];
    HttpRequest.Builder request = HttpRequest.newBuilder();
    if (bodies) {
      request
          .header("Content-Type", "application/json")
          .method(route[0], HttpRequest.BodyPublishers.ofByteArray(sent));
    } else {
      path += "?" + legal(sent);
    }
    HttpResponse<String> answer = server.sendUndescribed(path, request);
    if (answer.statusCode() >= 500) {
      throw new IOException(
          "%s %s: %d %s".formatted(route[0], path, answer.statusCode(), answer.body()));
    }
    if (answer.statusCode() >= 400) {
      JsonNode problem = Json.MAPPER.readTree(answer.body());
      Target.requireLine(problem.path("detail").asText());
      return false;
    }
    forget(route[1], answer);
    return true;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Where the route's line has ended. */
  private static int sent(byte[] input) {
    int at = 0;
    while (at < input.length && input[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, input.length);
  }

  /** The route, or another where a mutation left none. */
  private String route(byte[] line) {
    String named = new String(line, StandardCharsets.ISO_8859_1);
    return routes.contains(named)
        ? named
        : routes.get(Math.floorMod(named.hashCode(), routes.size()));
  }

  /** What an address may have, with every other byte escaped; the longest that the server reads. */
  private static String legal(byte[] query) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < Math.min(query.length, 3000); i++) {
      byte each = query[i];
      boolean escape =
          each == '%'
              && i + 2 < query.length
              && Character.digit(query[i + 1], 16) >= 0
              && Character.digit(query[i + 2], 16) >= 0;
      if (escape
          || "-._~!$&'()*+,;=:@/?".indexOf(each) >= 0
          || (each > 0 && Character.isLetterOrDigit(each))) {
        legal.append((char) each);
      } else {
        legal.append("%%%02x".formatted(each));
      }
    }
    return legal.toString();
  }

  /** What was queued goes: the next input finds the lab as it was. */
  private void forget(String path, HttpResponse<String> answer)
      throws IOException, InterruptedException {
    if (answer.statusCode() == 201) {
      String location =
          "/api/v1" + path + "/" + Json.MAPPER.readTree(answer.body()).path("id").asText();
      HttpResponse<String> cancelled =
          server.sendUndescribed(
              location + "/cancel",
              HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
      HttpResponse<String> deleted =
          server.sendUndescribed(location, HttpRequest.newBuilder().DELETE());
      if (cancelled.statusCode() >= 400 || deleted.statusCode() >= 400) {
        throw new IOException("not deleted: " + location + " " + cancelled.body() + deleted.body());
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
