package org.bagnetlab.server.growth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.server.BagnetLabServer;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.JobSettings;
import org.bagnetlab.server.ServerSettings;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;

/**
 * How long a queue takes that has more and more jobs: to accept them, as one sweep and one by one,
 * to list them, and to find the one that runs next. The lab has no device, so all of them wait.
 */
final class QueueCost implements AutoCloseable {

  private static final List<Integer> JOBS = List.of(100, 1_000, 10_000);
  private static final int REPETITIONS = 201;
  private static final int IN_FLIGHT = 16;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BagnetLabServer server;

  private QueueCost(Path data) {
    server =
        BagnetLabServer.start(
                new ServerSettings(
                    Endpoint.loopback(0),
                    ClientLimits.standard(),
                    data,
                    new JobSettings(
                        Devices.of(List.of()),
                        slot -> new CommandLine(List.of(), Map.of()),
                        WorkerLimits.standard(),
                        JobPolicy.none()),
                    HousekeepingSettings.standard(),
                    Pooling.BY_CODE,
                    Clock.systemUTC()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Seconds and milliseconds over the number of jobs. */
  static MarkdownTable measure() throws IOException, InterruptedException {
    List<String> head = new ArrayList<>(List.of("queue"));
    List<List<String>> rows = new ArrayList<>();
    for (String what :
        List.of(
            "accepted as one sweep",
            "accepted one by one, %d at a time".formatted(IN_FLIGHT),
            "`GET /api/v1/jobs?limit=50`",
            "`GET /api/v1/jobs?state=QUEUED&limit=1000`",
            "the job that runs next is found")) {
      rows.add(new ArrayList<>(List.of(what)));
    }
    // Once before, so that Java has compiled what is measured.
    var _ = measure(1_000);
    for (int jobs : JOBS) {
      head.add("%,d jobs".formatted(jobs));
      List<String> column = measure(jobs);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).add(column.get(i));
      }
    }
    return new MarkdownTable(head, rows);
  }

  private static List<String> measure(int jobs) throws IOException, InterruptedException {
    List<String> column = new ArrayList<>();
    Path data = Files.createTempDirectory("bagnetlab-growth");
    try {
      try (QueueCost lab = new QueueCost(data)) {
        column.add("%.2f s".formatted(seconds(() -> lab.submitSweep(jobs))));
      }
      FileTree.delete(data);
      try (QueueCost lab = new QueueCost(data)) {
        column.add("%.2f s".formatted(seconds(() -> lab.submitEach(jobs))));
        column.add("%.1f ms".formatted(lab.median("jobs?limit=50")));
        column.add("%.1f ms".formatted(lab.median("jobs?state=QUEUED&limit=1000")));
      }
      column.add("%.2f ms".formatted(decision(data)));
    } finally {
      FileTree.delete(data);
    }
    return column;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static double seconds(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void submitSweep(int jobs) throws IOException, InterruptedException {
    StringBuilder seeds = new StringBuilder("1");
    for (int seed = 2; seed <= jobs; seed++) {
      seeds.append(',').append(seed);
    }
    expect(
        http.send(
            post(
                "sweeps",
                """
                {"name":"growth","base":{"architecture":"bagnet9","dataset":"controlled-15"},
                 "grid":{"seed":[%s]}}
                """
                    .formatted(seeds)),
            HttpResponse.BodyHandlers.ofString()));
  }

  private void submitEach(int jobs) {
    List<CompletableFuture<?>> lanes = new ArrayList<>();
    for (int lane = 0; lane < IN_FLIGHT; lane++) {
      CompletableFuture<?> last = CompletableFuture.completedFuture(null);
      for (int seed = 1 + lane; seed <= jobs; seed += IN_FLIGHT) {
        String body =
            """
            {"kind":"train","architecture":"bagnet9","dataset":"controlled-15","seed":%d}
            """
                .formatted(seed);
        last =
            last.thenCompose(
                    before ->
                        http.sendAsync(post("jobs", body), HttpResponse.BodyHandlers.ofString()))
                .thenAccept(QueueCost::expect);
      }
      lanes.add(last);
    }
    CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).join();
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void expect(HttpResponse<String> response) {
    if (response.statusCode() != 201) {
      throw new IllegalStateException(response.body());
    }
  }

  private URI uri(String path) {
    return URI.create(server.address() + "api/v1/" + path);
  }

  private double median(String path) throws IOException, InterruptedException {
    double[] times = new double[REPETITIONS / 5];
    HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
    for (int i = 0; i < times.length; i++) {
      // Between two requests something changes: H2 would otherwise give its last answer again.
      submitEach(1);
      times[i] = 1e3 * seconds(() -> http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }
    return middle(times);
  }

  /** The scheduler's question, as it asks it, after each change of the table. */
  private static double decision(Path data) throws IOException {
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database())) {
      double[] times = new double[REPETITIONS];
      for (int i = 0; i < times.length; i++) {
        int priority = i;
        long id = database.read(tables -> tables.jobs().runnable(false, 1).get(0).id()).join();
        long changed =
            database
                .write(
                    tables -> {
                      tables.jobs().prioritise(id + 1, priority);
                      return id;
                    })
                .join();
        long start = System.nanoTime();
        long next = database.read(tables -> tables.jobs().runnable(false, 1).get(0).id()).join();
        times[i] = (System.nanoTime() - start) / 1e6;
        if (next < changed) {
          throw new IllegalStateException("the order changed by itself");
        }
      }
      return middle(times);
    }
  }

  private static double middle(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
