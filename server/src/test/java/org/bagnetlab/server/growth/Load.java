package org.bagnetlab.server.growth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.bagnetlab.storage.directory.FileTree;

/**
 * Two hundred readers over all routes, and twenty writers that queue, move, tag, note and cancel,
 * at a server that trains meanwhile: first as fast as they get answers, then with pauses, as people
 * at dashboards. If asked for, another client submits sweeps of as many jobs as a sweep may have,
 * cancels and deletes them. The clients share the server's processors. What happens in the first
 * minute is not counted: Java compiles then what server and clients run often.
 */
final class Load {

  private static final int READERS = 200;
  private static final int WRITERS = 20;
  private static final int RUNS = 100;
  private static final int SWEEP = 10_000;
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  /** From an answer to the next request of the same client. */
  private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofSeconds(2));

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Its pieces wait their turns behind all others. */
  private static final Duration PATIENCE_FOR_SWEEPS = Duration.ofMinutes(5);

  /** Streams without end, what answers by a file for each kind, and what runs once at a time. */
  private static final List<String> NOT_READ = List.of("/events", "/export/{file}", "/backup");

  private final Vertx vertx;
  private final HttpClient http;
  private final Duration pause;
  private final boolean sweeping;
  private final long begin;
  private final long end;

  // The one event loop's, on which all clients are.
  private final List<Long> reads = new ArrayList<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<Long> writes = new ArrayList<>();
  private final List<Long> submissions = new ArrayList<>();
  private final List<Long> cancellations = new ArrayList<>();

  private Load(Vertx vertx, LabProcess lab, Duration pause, boolean sweeping, Duration length) {
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(lab.address().getHost())
                .setDefaultPort(lab.address().getPort()),
            new PoolOptions().setHttp1MaxSize(READERS + WRITERS + 1));
    this.pause = pause;
    this.sweeping = sweeping;
    this.begin = System.nanoTime() + WARM_UP.toNanos();
    this.end = begin + length.toNanos();
  }

  /**
   * Measures, for so long with each pause.
   *
   * @param sweeping whether large sweeps are submitted meanwhile
   * @throws AssertionError if a request was not answered as it should be
   */
  static MarkdownTable measure(Duration length, boolean sweeping)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bagnetlab-load");
    Vertx vertx = Vertx.vertx();
    try {
      StoredRuns.add(data, 0, RUNS);
      try (LabProcess lab = LabProcess.serve(data)) {
        List<String> routes = routes(lab);
        List<List<String>> rows = new ArrayList<>();
        for (Duration pause : PAUSES) {
          long before = lab.residentMegabytes();
          Load load = new Load(vertx, lab, pause, sweeping, length);
          load.run(routes);
          rows.add(load.row(lab, length, routes.size(), before));
        }
        return new MarkdownTable(
            List.of(
                "pause",
                "routes",
                "reads/s",
                "p50",
                "p99",
                "writes/s",
                "p99",
                "longest",
                "sweeps",
                "slowest answer",
                "slowest cancellation",
                "errors",
                "memory before",
                "after"),
            rows);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
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
    CountDownLatch working = new CountDownLatch(READERS + WRITERS + (sweeping ? 1 : 0));
    vertx.runOnContext(
        now -> {
          for (int reader = 0; reader < READERS; reader++) {
            read(routes, new Random(reader), working);
          }
          for (int writer = 0; writer < WRITERS; writer++) {
            write(writer, 0, working);
          }
          if (sweeping) {
            sweep(1, working);
          }
        });
    try {
      working.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Readers who asked in the same order would gather before the slowest routes. */
  private void read(List<String> routes, Random order, CountDownLatch working) {
    long began = System.nanoTime();
    if (began >= end) {
      working.countDown();
      return;
    }
    var _ =
        send(HttpMethod.GET, routes.get(order.nextInt(routes.size())), "")
            .onComplete(
                answered -> {
                  if (began >= begin) {
                    reads.add(System.nanoTime() - began);
                  }
                })
            .compose(answer -> rest())
            .onComplete(rested -> read(routes, order, working));
  }

  /** A writer queues a job, moves it, describes it and cancels it, and begins again. */
  private void write(int writer, int round, CountDownLatch working) {
    if (System.nanoTime() >= end) {
      working.countDown();
      return;
    }
    String job =
        """
        {"kind": "train", "architecture": "bagnet9", "dataset": "controlled-15", "imageSize": 64,
         "width": 0.05, "epochs": 1, "batchSize": 16, "seed": %d}
        """
            .formatted(1000 * writer + round);
    var _ =
        change(HttpMethod.POST, "jobs", job)
            .compose(queued -> describeAndCancel(id(queued)))
            .onComplete(cancelled -> write(writer, round + 1, working));
  }

  /** Submits a sweep, cancels and deletes it, and begins again. */
  private void sweep(int round, CountDownLatch working) {
    if (System.nanoTime() >= end) {
      working.countDown();
      return;
    }
    String name = "load-" + round;
    String sweep =
        """
        {"name": "%s", "base": {"architecture": "resnet50", "dataset": "controlled-15", "epochs": 1},
         "grid": {"seed": %s}}
        """
            .formatted(name, LongStream.rangeClosed(1, SWEEP).boxed().toList());
    var _ =
        timed(submissions, HttpMethod.POST, "sweeps", sweep)
            .compose(
                submitted ->
                    timed(cancellations, HttpMethod.POST, "sweeps/" + name + "/cancel", "{}"))
            .compose(cancelled -> deleted(name))
            .onComplete(deleted -> sweep(round + 1, working));
  }

  /** Refused until the last of its workers has stopped. */
  private Future<?> deleted(String name) {
    return send(HttpMethod.DELETE, "sweeps/" + name, "")
        .compose(
            answer ->
                answer.toString().contains("\"status\":409")
                    ? vertx.timer(500).compose(waited -> deleted(name))
                    : Future.succeededFuture());
  }

  private static String id(Buffer job) {
    return job.length() == 0 ? "" : String.valueOf(job.toJsonObject().getValue("id"));
  }

  private Future<Buffer> describeAndCancel(String id) {
    return change(HttpMethod.PUT, "runs/" + id + "/note", "{\"note\": \"under load\"}")
        .compose(noted -> change(HttpMethod.PATCH, "runs/" + id + "/tags", "{\"add\": [\"load\"]}"))
        // A job that has begun cannot be moved, which is no error.
        .compose(tagged -> change(HttpMethod.POST, "jobs/" + id + "/move", "{\"to\": \"last\"}"))
        .compose(moved -> change(HttpMethod.POST, "jobs/" + id + "/cancel", "{}"));
  }

  private Future<Buffer> change(HttpMethod method, String path, String body) {
    return timed(writes, method, path, body).compose(answer -> rest().map(answer));
  }

  private Future<Buffer> timed(List<Long> times, HttpMethod method, String path, String body) {
    long began = System.nanoTime();
    return send(method, path, body)
        .onComplete(
            answered -> {
              if (began >= begin && began < end) {
                times.add(System.nanoTime() - began);
              }
            });
  }

  private Future<?> rest() {
    return pause.isZero() ? Future.succeededFuture() : vertx.timer(pause.toMillis());
  }

  private Future<Buffer> send(HttpMethod method, String path, String body) {
    return http.request(method, "/api/v1/" + path)
        .compose(
            request ->
                method.equals(HttpMethod.GET)
                    ? request.send()
                    : request.putHeader("Content-Type", "application/json").send(body))
        .compose(
            response -> response.body().map(answer -> Map.entry(response.statusCode(), answer)))
        .timeout(
            (path.startsWith("sweeps") ? PATIENCE_FOR_SWEEPS : PATIENCE).toSeconds(),
            TimeUnit.SECONDS)
        .transform(
            answer -> {
              if (answer.failed()) {
                error(method, path, answer.cause().toString());
                return Future.succeededFuture(Buffer.buffer());
              }
              int status = answer.result().getKey();
              boolean early =
                  status == 409 && (path.endsWith("/move") || method.equals(HttpMethod.DELETE));
              if (status >= 400 && !early) {
                error(method, path, Integer.toString(status));
              }
              return Future.succeededFuture(answer.result().getValue());
            });
  }

  private void error(HttpMethod method, String path, String what) {
    errors.merge(method + " " + path.replaceAll("[0-9]+", "N") + ": " + what, 1, Integer::sum);
  }

  private List<String> row(LabProcess lab, Duration length, int routes, long before)
      throws IOException {
    if (!errors.isEmpty()) {
      throw new AssertionError("not answered as they should be: " + errors);
    }
    long[] sorted = sorted(reads);
    long[] written = sorted(writes);
    return List.of(
        pause.toSeconds() + " s",
        Integer.toString(routes),
        Long.toString(sorted.length / length.toSeconds()),
        milliseconds(sorted, 50),
        milliseconds(sorted, 99),
        Long.toString(written.length / length.toSeconds()),
        milliseconds(written, 99),
        milliseconds(written, 100),
        Integer.toString(submissions.size()),
        milliseconds(sorted(submissions), 100),
        milliseconds(sorted(cancellations), 100),
        "0",
        before + " MB",
        lab.residentMegabytes() + " MB");
  }

  private static long[] sorted(List<Long> times) {
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** At 100 percent the longest; empty: there were none. */
  private static String milliseconds(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return "";
    }
    int place = Math.min(sorted.length - 1, sorted.length * percent / 100);
    return sorted[place] / 1_000_000 + " ms";
  }
}
