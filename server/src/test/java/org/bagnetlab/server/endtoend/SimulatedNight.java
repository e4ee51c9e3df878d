package org.bagnetlab.server.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A server with simulated GPUs that is killed and started again, and watched all the time. */
final class SimulatedNight implements AutoCloseable {

  private static final long MIB = 1L << 20;

  private final Application application;
  private final SimulatedGpus gpus;
  private final Thread watcher;
  private volatile Application.Running server;
  private volatile Lab lab;
  private volatile boolean over;

  /** The most that was seen on any GPU: MiB that are used, bytes that are granted, jobs. */
  private volatile long mostUsed;

  private volatile long mostGranted;
  private volatile int mostJobs;

  SimulatedNight(Application application, SimulatedGpus gpus) throws IOException {
    this.application = application;
    this.gpus = gpus;
    this.server = start();
    this.lab = new Lab(server.address());
    this.watcher = new Thread(this::watch, "watcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  private Application.Running start() throws IOException {
    return application.serve("--backend", "torch");
  }

  Lab lab() {
    return lab;
  }

  void restart() throws IOException {
    server.kill();
    server = start();
    lab = new Lab(server.address());
  }

  private void watch() {
    while (!over) {
      try {
        for (String uuid : SimulatedGpus.UUIDS) {
          mostUsed = Math.max(mostUsed, gpus.used(uuid));
        }
        look(lab.get("devices").path("devices"));
      } catch (IOException | RuntimeException e) {
        // The server is being started.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(JsonNode devices) {
    Map<String, Long> granted = new HashMap<>();
    Map<String, Integer> jobs = new HashMap<>();
    for (JsonNode device : devices) {
      if (device.has("job")) {
        String uuid = device.path("uuid").asText();
        granted.merge(uuid, device.path("share").asLong(), Long::sum);
        jobs.merge(uuid, 1, Integer::sum);
      }
    }
    granted.values().forEach(bytes -> mostGranted = Math.max(mostGranted, bytes));
    jobs.values().forEach(number -> mostJobs = Math.max(mostJobs, number));
  }

  /** MiB. */
  long mostUsed() {
    return mostUsed;
  }

  /** MiB. */
  long mostGranted() {
    return mostGranted / MIB;
  }

  int mostJobs() {
    return mostJobs;
  }

  /** All jobs. */
  List<JsonNode> jobs() throws IOException, InterruptedException {
    return list(lab.get("jobs?limit=1000").path("jobs"));
  }

  long running() throws IOException, InterruptedException {
    return jobs().stream().filter(job -> job.path("state").asText().equals("RUNNING")).count();
  }

  boolean ended() throws IOException, InterruptedException {
    return jobs().stream()
        .allMatch(job -> job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED"));
  }

  /** The refusal of a device that contains these words. */
  Optional<String> refusal(String words) throws IOException, InterruptedException {
    return list(lab.get("devices").path("devices")).stream()
        .map(device -> device.path("refusal").asText())
        .filter(text -> text.contains(words))
        .findFirst();
  }

  /** The codes of the causes in the history of a job. */
  List<String> causes(long job) throws IOException, InterruptedException {
    List<String> codes = new ArrayList<>();
    lab.get("jobs/%d/timeline".formatted(job))
        .path("transitions")
        .forEach(transition -> codes.add(transition.path("causeCode").asText()));
    return codes;
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** A condition that may fail while the server is started. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits for a condition. */
  void await(String what, long seconds, Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not within %d s: %s. Devices: %s".formatted(seconds, what, lab.get("devices")));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Override
  public void close() {
    over = true;
    watcher.interrupt();
    server.kill();
  }
}
