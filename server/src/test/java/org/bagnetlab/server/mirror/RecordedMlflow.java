package org.bagnetlab.server.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;

/**
 * Keeps experiments and runs as MLflow does, and holds each request to the recorded contract of its
 * interface.
 */
final class RecordedMlflow implements AutoCloseable {

  private static final String ROOT = "/api/2.0/mlflow/";
  private static final Pattern TAG = Pattern.compile("tags\\.`([^`]+)` = '([^']*)'");
  private static final ObjectNode CONTRACT = contract();

  private final HttpServer server;
  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Map<String, ObjectNode> runs = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();

  /** The path of a request that is answered with an error, and with which status. */
  private Optional<Map.Entry<String, Integer>> failing = Optional.empty();

  private String refused = "";
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Integer> asked = new HashMap<>();

  /** Listens on a port; 0 picks a free one. */
  RecordedMlflow(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(ROOT, this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static ObjectNode contract() {
    try (InputStream text =
        Objects.requireNonNull(RecordedMlflow.class.getResourceAsStream("/mlflow/rest-2.0.json"))) {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  MlflowAddress address() {
    return MlflowAddress.of("http://127.0.0.1:" + port(), Optional.of("letmein"));
  }

  synchronized void fail(String path, int status) {
    failing = Optional.of(Map.entry(path, status));
  }

  /** Refuses the training with this number in its lab. */
  synchronized void refuse(String run) {
    refused = run;
  }

  synchronized void recover() {
    failing = Optional.empty();
    refused = "";
  }

  /** Has an experiment that a user deleted. */
  synchronized void delete(String experiment) {
    experiments.put(experiment, "1");
    deleted.add(experiment);
  }

  synchronized void restore(String experiment) {
    deleted.remove(experiment);
  }

  /** How often something was asked for. */
  synchronized int asked(String path) {
    return asked.getOrDefault(path, 0);
  }

  /** The names of the experiments. */
  synchronized List<String> experiments() {
    return List.copyOf(experiments.keySet());
  }

  /** The runs that are finished. */
  synchronized List<ObjectNode> finished() {
    return runs.values().stream()
        .filter(run -> run.path("status").asText().equals("FINISHED"))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  /** All runs. */
  synchronized int count() {
    return runs.size();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(ROOT.length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status;
    ObjectNode answer;
    if (failing.isPresent() && path.equals(failing.get().getKey())) {
      status = failing.get().getValue();
      answer = error("INTERNAL_ERROR", "it is not well");
    } else {
      JsonNode request =
          body.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(body);
      asked.merge(path, 1, Integer::sum);
      check(exchange.getRequestMethod() + " " + path, request, exchange);
      if (path.equals("runs/create")
          && byKey(request.path("tags")).path(MlflowRun.RUN).asText().equals(refused)) {
        status = 400;
        answer = error("INVALID_PARAMETER_VALUE", "it is not wanted");
      } else {
        Optional<ObjectNode> found = answer(path, request, exchange.getRequestURI().getRawQuery());
        status = found.isPresent() ? 200 : 404;
        answer = found.orElseGet(() -> error("RESOURCE_DOES_NOT_EXIST", "there is none"));
      }
    }
    byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static ObjectNode error(String code, String message) {
    return Json.MAPPER.createObjectNode().put("error_code", code).put("message", message);
  }

  private void check(String operation, JsonNode request, HttpExchange exchange) {
    if (!CONTRACT.has(operation)) {
      violations.add("there is no " + operation);
      return;
    }
    if (!"Bearer letmein".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      violations.add(operation + " has no token");
    }
    if (CONTRACT.path(operation).has("request")) {
      ObjectNode schema = CONTRACT.path(operation).path("request").deepCopy();
      schema.set("$defs", CONTRACT.path("$defs"));
      SchemaRegistry.withDialect(Dialects.getDraft202012())
          .getSchema(schema)
          .validate(request)
          .forEach(error -> violations.add(operation + ": " + error));
    }
  }

  private Optional<ObjectNode> answer(String path, JsonNode request, String query) {
    ObjectNode answer =
        CONTRACT
            .path((path.equals("experiments/get-by-name") ? "GET " : "POST ") + path)
            .path("answer")
            .deepCopy();
    switch (path) {
      case "experiments/get-by-name" -> {
        String name =
            URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
        String id = experiments.get(name);
        if (id == null) {
          return Optional.empty();
        }
        ((ObjectNode) answer.path("experiment"))
            .put("experiment_id", id)
            .put("name", name)
            .put("lifecycle_stage", deleted.contains(name) ? "deleted" : "active");
      }
      case "experiments/create" -> {
        String id = Integer.toString(experiments.size() + 1);
        experiments.put(request.path("name").asText(), id);
        answer.put("experiment_id", id);
      }
      case "runs/search" -> {
        Optional<String> found = found(request);
        if (found.isEmpty()) {
          return Optional.of(Json.MAPPER.createObjectNode());
        }
        ((ObjectNode) answer.at("/runs/0/info"))
            .put("run_id", found.get())
            .set("status", Objects.requireNonNull(runs.get(found.get())).path("status"));
      }
      case "runs/create" -> {
        String id = "run%029d".formatted(runs.size() + 1);
        ObjectNode run = request.deepCopy();
        run.set("tags", byKey(request.path("tags")));
        run.put("status", "RUNNING");
        run.putObject("params");
        run.putArray("metrics");
        runs.put(id, run);
        ((ObjectNode) answer.at("/run/info")).put("run_id", id);
      }
      case "runs/delete" -> runs.remove(request.path("run_id").asText());
      case "runs/log-batch" -> log(request);
      case "runs/update" -> {
        ObjectNode run = run(request);
        run.put("status", request.path("status").asText());
        run.set("end_time", request.path("end_time"));
      }
      default -> throw new IllegalStateException(path);
    }
    return Optional.of(answer);
  }

  private ObjectNode run(JsonNode request) {
    return Objects.requireNonNull(runs.get(request.path("run_id").asText()));
  }

  private void log(JsonNode request) {
    ObjectNode run = run(request);
    byKey(request.path("params"))
        .properties()
        .forEach(
            param -> {
              JsonNode earlier =
                  ((ObjectNode) run.path("params")).replace(param.getKey(), param.getValue());
              if (earlier != null && !earlier.equals(param.getValue())) {
                violations.add("the param %s cannot be changed".formatted(param.getKey()));
              }
            });
    // As MLflow's file store: what is written twice is there twice.
    request.path("metrics").forEach(((ArrayNode) run.path("metrics"))::add);
  }

  private static ObjectNode byKey(JsonNode pairs) {
    ObjectNode values = Json.MAPPER.createObjectNode();
    pairs.forEach(pair -> values.set(pair.path("key").asText(), pair.path("value")));
    return values;
  }

  private Optional<String> found(JsonNode request) {
    return runs.entrySet().stream()
        .filter(run -> matches(run.getValue(), request))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean matches(ObjectNode run, JsonNode request) {
    Matcher tag = TAG.matcher(request.path("filter").asText());
    int tags = 0;
    while (tag.find()) {
      tags++;
      if (!run.path("tags").path(tag.group(1)).asText().equals(tag.group(2))) {
        return false;
      }
    }
    return tags == 3 && request.at("/experiment_ids/0").equals(run.path("experiment_id"));
  }

  @Override
  public void close() {
    server.stop(0);
    assertThat(violations).isEmpty();
  }
}
