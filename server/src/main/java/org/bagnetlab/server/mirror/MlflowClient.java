package org.bagnetlab.server.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * Writes trainings to an MLflow tracking server, by version 2.0 of its REST interface.
 *
 * @see <a href="https://mlflow.org/docs/latest/rest-api.html">MLflow's REST interface</a>
 */
final class MlflowClient implements AutoCloseable {

  /** Limits of one request. */
  private static final int MOST_METRICS = 1000;

  private static final int MOST_PARAMS = 100;

  private static final String FINISHED = "FINISHED";

  private static final int NOT_FOUND = 404;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** Statuses that tell of the server or its address, rather than of a training. */
  private static final List<Integer> PASSING = List.of(401, 403, NOT_FOUND, 408, 429);

  private final MlflowAddress address;
  private final Duration timeout;
  private final HttpClient http;

  MlflowClient(MlflowAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Writes a training, unless MLflow has it already. A run that an earlier failure left incomplete
   * is deleted and written anew, since MLflow may keep numbers that are written twice.
   */
  void write(MlflowRun run) throws MirrorFailure, InterruptedException {
    String experiment = experiment(run.experiment());
    JsonNode known = find(experiment, run);
    if (known.path("status").asText().equals(FINISHED)) {
      return;
    }
    if (known.has("run_id")) {
      var _ = post("runs/delete", Map.of("run_id", known.path("run_id").asText()));
    }
    String id = create(experiment, run);
    List<Map<String, Object>> params = pairs(run.params());
    for (int i = 0; i < params.size(); i += MOST_PARAMS) {
      log(id, "params", params.subList(i, Math.min(params.size(), i + MOST_PARAMS)));
    }
    for (int i = 0; i < run.metrics().size(); i += MOST_METRICS) {
      log(
          id,
          "metrics",
          run.metrics().subList(i, Math.min(run.metrics().size(), i + MOST_METRICS)));
    }
    var _ =
        post("runs/update", Map.of("run_id", id, "status", FINISHED, "end_time", run.endedAt()));
  }

  private String experiment(String name) throws MirrorFailure, InterruptedException {
    HttpResponse<String> found =
        send(
            request(
                    "experiments/get-by-name?experiment_name="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .GET());
    if (found.statusCode() == NOT_FOUND && found.body().contains("RESOURCE_DOES_NOT_EXIST")) {
      return text(post("experiments/create", Map.of("name", name)), "/experiment_id");
    }
    JsonNode experiment = checked(found);
    if (experiment.at("/experiment/lifecycle_stage").asText().equals("deleted")) {
      throw new MirrorFailure(
          "its experiment '%s' is deleted: restore it there".formatted(name),
          MirrorFailure.Scope.TRAINING_NOW);
    }
    return text(experiment, "/experiment/experiment_id");
  }

  /** What MLflow knows about a training; nothing if it does not have it. */
  private JsonNode find(String experiment, MlflowRun run)
      throws MirrorFailure, InterruptedException {
    JsonNode found =
        post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experiment),
                "filter",
                Stream.of(MlflowRun.LAB, MlflowRun.RUN, MlflowRun.SUBMITTED)
                    .map(tag -> "tags.`%s` = '%s'".formatted(tag, run.tags().get(tag)))
                    .collect(Collectors.joining(" AND ")),
                "max_results",
                1));
    return found.at("/runs/0/info");
  }

  private String create(String experiment, MlflowRun run)
      throws MirrorFailure, InterruptedException {
    return text(
        post(
            "runs/create",
            Map.of(
                "experiment_id",
                experiment,
                "run_name",
                run.name(),
                "start_time",
                run.startedAt(),
                "tags",
                pairs(run.tags()))),
        "/run/info/run_id");
  }

  private void log(String run, String what, List<?> entries)
      throws MirrorFailure, InterruptedException {
    var _ = post("runs/log-batch", Map.of("run_id", run, what, entries));
  }

  private static List<Map<String, Object>> pairs(Map<String, String> values) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          Map<String, Object> pair = new LinkedHashMap<>();
          pair.put("key", key);
          pair.put("value", value);
          pairs.add(pair);
        });
    return pairs;
  }

  private JsonNode post(String path, Map<String, ?> body)
      throws MirrorFailure, InterruptedException {
    return checked(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url().resolve("api/2.0/mlflow/" + path)).timeout(timeout);
    address.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws MirrorFailure, InterruptedException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      @Nullable String message = e.getMessage();
      throw new MirrorFailure(
          "it cannot be reached (%s)"
              .formatted(message == null ? e.getClass().getSimpleName() : message),
          MirrorFailure.Scope.SERVER);
    }
  }

  private static JsonNode checked(HttpResponse<String> response) throws MirrorFailure {
    int status = response.statusCode();
    try {
      JsonNode body = Json.MAPPER.readTree(response.body());
      if (status < CLIENT_ERROR) {
        return body;
      }
      throw new MirrorFailure(
          "it answered %d: %s".formatted(status, body.path("message").asText("no reason")),
          status < SERVER_ERROR && !PASSING.contains(status)
              ? MirrorFailure.Scope.TRAINING
              : MirrorFailure.Scope.SERVER);
    } catch (IOException e) {
      throw new MirrorFailure(
          "it answered %d, and not as MLflow does".formatted(status), MirrorFailure.Scope.SERVER);
    }
  }

  private static String text(JsonNode body, String pointer) throws MirrorFailure {
    String text = body.at(pointer).asText();
    if (text.isEmpty()) {
      throw new MirrorFailure(
          "its answer has no %s".formatted(pointer), MirrorFailure.Scope.SERVER);
    }
    return text;
  }

  @Override
  public void close() {
    http.close();
  }
}
