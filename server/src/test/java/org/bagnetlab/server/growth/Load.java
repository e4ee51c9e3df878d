package org.bagnetlab.server.growth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.FileTree;

/**
 * Two hundred readers over all routes, and twenty writers that queue, move, tag, note and cancel,
 * at a server that trains meanwhile: first as fast as they get answers, then with pauses, as people
 * at dashboards. The clients share the server's processors. What happens in the first seconds is
 * not counted: the server compiles then what it runs often.
 */
final class Load {

  private static final int READERS = 200;
  private static final int WRITERS = 20;
  private static final int RUNS = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /** From an answer to the next request of the same client. */
  private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofSeconds(2));

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Streams without end, what answers by a file for each kind, and what runs once at a time. */
  private static final List<String> NOT_READ = List.of("/events", "/export/{file}", "/backup");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LabProcess lab;
  private final Executor pause;
  private final long begin;
  private final long end;
  private final ConcurrentLinkedQueue<Long> reads = new ConcurrentLinkedQueue<>();
  private final AtomicLong writes = new AtomicLong();
  private final Map<String, AtomicLong> errors = new ConcurrentHashMap<>();

  private Load(LabProcess lab, Duration pause, Duration length) {
    this.lab = lab;
    this.pause = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    this.begin = System.nanoTime() + WARM_UP.toNanos();
    this.end = begin + length.toNanos();
  }

  /**
   * Measures, for so long with each pause.
   *
   * @throws AssertionError if a request was not answered as it should be
   */
  static MarkdownTable measure(Duration length) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bagnetlab-load");
    try {
      StoredRuns.add(data, 0, RUNS);
      try (LabProcess lab = LabProcess.serve(data)) {
        List<String> routes = routes(lab);
        List<List<String>> rows = new ArrayList<>();
        for (Duration pause : PAUSES) {
          long before = lab.residentMegabytes();
          Load load = new Load(lab, pause, length);
          load.run(routes);
          rows.add(load.row(pause, length, routes.size(), before));
        }
        return new MarkdownTable(
            List.of(
                "pause",
                "routes",
                "reads/s",
                "p50",
                "p99",
                "writes/s",
                "errors",
                "memory before",
                "after"),
            rows);
      }
    } finally {
      FileTree.delete(data);
    }
  }

  /**
   * Those of the contract that answer, with a run and a data set that there are. Others may refuse
   * these, but not fail.
   */
  private static List<String> routes(LabProcess lab) throws IOException, InterruptedException {
    String run = lab.json("runs?limit=1").path("runs").path(0).path("id").asText("1");
    String dataset = lab.json("datasets").path(0).path("name").asText("controlled-15");
    JsonNode paths = new YAMLMapper().readTree(lab.bytes("openapi.yaml")).path("paths");
    List<String> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (!path.getValue().has("get") || NOT_READ.contains(path.getKey())) {
        continue;
      }
      String route = path.getKey().substring(1).replace("{id}", run).replace("{name}", dataset);
      int status = lab.status(route);
      if (status >= 500) {
        throw new AssertionError("GET %s: %d".formatted(route, status));
      }
      if (status == 200) {
        routes.add(route);
      }
    }
    return routes;
  }

  private void run(List<String> routes) {
    Stream<CompletableFuture<Void>> readers =
        IntStream.range(0, READERS).mapToObj(reader -> read(routes, reader));
    Stream<CompletableFuture<Void>> writers =
        IntStream.range(0, WRITERS).mapToObj(writer -> write(writer, 0));
    CompletableFuture.allOf(
            Stream.concat(readers, writers).toList().toArray(CompletableFuture[]::new))
        .join();
  }

  private CompletableFuture<Void> read(List<String> routes, int next) {
    if (System.nanoTime() >= end) {
      return CompletableFuture.completedFuture(null);
    }
    long began = System.nanoTime();
    return send(HttpRequest.newBuilder(uri(routes.get(next % routes.size()))).GET())
        .thenRun(
            () -> {
              if (began >= begin) {
                reads.add(System.nanoTime() - began);
              }
            })
        .thenComposeAsync(answered -> read(routes, next + 1), pause);
  }

  /** A writer queues a job, moves it, describes it and cancels it, and begins again. */
  private CompletableFuture<Void> write(int writer, int round) {
    if (System.nanoTime() >= end) {
      return CompletableFuture.completedFuture(null);
    }
    String job =
        """
        {"kind": "train", "architecture": "bagnet9", "dataset": "controlled-15", "imageSize": 64,
         "width": 0.05, "epochs": 1, "batchSize": 16, "seed": %d}
        """
            .formatted(1000 * writer + round);
    return change("POST", "jobs", job)
        .thenComposeAsync(
            answer -> {
              String id = answer.path("id").asText();
              return change("PUT", "runs/" + id + "/note", "{\"note\": \"under load\"}")
                  .thenComposeAsync(
                      x -> change("PATCH", "runs/" + id + "/tags", "{\"add\": [\"load\"]}"), pause)
                  .thenComposeAsync(x -> move(id), pause)
                  .thenComposeAsync(x -> change("POST", "jobs/" + id + "/cancel", "{}"), pause);
            },
            pause)
        .thenComposeAsync(done -> write(writer, round + 1), pause);
  }

  /** A job that has begun cannot be moved, which is no error. */
  private CompletableFuture<JsonNode> move(String id) {
    return change("POST", "jobs/" + id + "/move", "{\"to\": \"last\"}");
  }

  private CompletableFuture<JsonNode> change(String method, String path, String body) {
    if (System.nanoTime() >= begin) {
      writes.incrementAndGet();
    }
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private CompletableFuture<JsonNode> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(PATIENCE).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .handle(
            (response, failure) -> {
              if (failure != null) {
                error(request, String.valueOf(failure));
                return Json.MAPPER.createObjectNode();
              }
              boolean begun =
                  response.statusCode() == 409 && request.uri().getPath().endsWith("/move");
              if (response.statusCode() >= 400 && !begun) {
                error(request, Integer.toString(response.statusCode()));
              }
              return json(request, response.body());
            });
  }

  private static JsonNode json(HttpRequest request, byte[] body) {
    try {
      return request.method().equals("GET")
          ? Json.MAPPER.createObjectNode()
          : Json.MAPPER.readTree(body);
    } catch (IOException e) {
      return Json.MAPPER.createObjectNode(); // an answer without content
    }
  }

  private void error(HttpRequest request, String what) {
    String route = request.uri().getPath().replaceAll("[0-9]+", "N");
    errors
        .computeIfAbsent(request.method() + " " + route + ": " + what, any -> new AtomicLong())
        .incrementAndGet();
  }

  private URI uri(String path) {
    return lab.address().resolve("api/v1/" + path);
  }

  private List<String> row(Duration pause, Duration length, int routes, long before)
      throws IOException {
    if (!errors.isEmpty()) {
      throw new AssertionError("not answered as they should be: " + errors);
    }
    long[] sorted = reads.stream().mapToLong(Long::longValue).sorted().toArray();
    return List.of(
        pause.toSeconds() + " s",
        Integer.toString(routes),
        Long.toString(sorted.length / length.toSeconds()),
        milliseconds(sorted, 50),
        milliseconds(sorted, 99),
        Long.toString(writes.get() / length.toSeconds()),
        "0",
        before + " MB",
        lab.residentMegabytes() + " MB");
  }

  private static String milliseconds(long[] sorted, int percent) {
    long nanos =
        Arrays.stream(sorted).skip((long) sorted.length * percent / 100).findFirst().orElse(0);
    return nanos / 1_000_000 + " ms";
  }
}
