package org.bagnetlab.server.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.TinyWorker;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.WorkerFacts;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * Stores trainings that nobody ran, with all the rows that real ones leave. The numbers are random,
 * and the same every time.
 */
final class StoredRuns {

  private static final int RUNS_IN_A_TRANSACTION = 100;
  private static final int IMAGES = 1200;
  private static final int CLASSES = 15;
  private static final Optional<Integer> IMAGE_COUNT = Optional.of(IMAGES);
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerFacts WORKER =
      WorkerFacts.starting(TinyWorker.provenance("CPU, 2 cores", 2), 4711);
  private static final Cause SUBMITTED = Cause.Simple.SUBMITTED;
  private static final Cause CANCELLED = Cause.Simple.CANCEL_REQUESTED;
  private static final List<String> SAMPLES =
      List.of("test/near-1/001.png", "test/near-4/001.png", "test/mid-3/001.png", "test/far/1.png");

  private final Tables tables;
  private final Random random;

  /** Where each training's predictions are written; none are without a directory. */
  private final Optional<Path> files;

  private StoredRuns(Tables tables, Random random, Optional<Path> files) {
    this.tables = tables;
    this.random = random;
    this.files = files;
  }

  /**
   * Adds to a data directory that no server has.
   *
   * @param cancelled jobs that never ran; they have the first numbers
   * @param runs trainings that succeeded; they have the next
   */
  static void add(Path data, int cancelled, int runs) throws IOException {
    add(data, cancelled, runs, false);
  }

  /**
   * Adds trainings that succeeded, with the predictions that comparisons image by image read: half
   * a megabyte for each.
   */
  static void addWithPredictions(Path data, int runs) throws IOException {
    add(data, 0, runs, true);
  }

  private static void add(Path data, int cancelled, int runs, boolean predictions)
      throws IOException {
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database())) {
      Random random = new Random(runs);
      Optional<Path> files = predictions ? Optional.of(directory.artifacts()) : Optional.empty();
      database
          .write(tables -> new StoredRuns(tables, random, files).addCancelled(cancelled))
          .join();
      for (int begin = 0; begin < runs; begin += RUNS_IN_A_TRANSACTION) {
        int first = begin;
        int end = Math.min(runs, begin + RUNS_IN_A_TRANSACTION);
        database.write(tables -> new StoredRuns(tables, random, files).add(first, end)).join();
      }
    }
  }

  private int addCancelled(int count) {
    for (int place = 0; place < count; place++) {
      long job = tables.jobs().insert(row(Study.training(place), FIRST));
      transition(job, FIRST, Optional.empty(), JobState.Name.QUEUED, SUBMITTED);
      transition(job, FIRST, Optional.of(JobState.Name.QUEUED), JobState.Name.CANCELLED, CANCELLED);
      tables
          .jobs()
          .update(
              job, ended(JobState.Name.CANCELLED, Optional.of(CANCELLED), Optional.empty(), FIRST));
    }
    return count;
  }

  private int add(int begin, int end) {
    for (int place = begin; place < end; place++) {
      add(Study.training(place), FIRST.plusSeconds(600L * place));
    }
    return end - begin;
  }

  private void add(TrainSpec spec, Instant at) {
    long job = tables.jobs().insert(row(spec, at));
    Instant end = at.plusSeconds(500);
    JobState.Name queued = JobState.Name.QUEUED;
    JobState.Name running = JobState.Name.RUNNING;
    JobState.Name succeeded = JobState.Name.SUCCEEDED;
    transition(job, at, Optional.empty(), queued, SUBMITTED);
    transition(job, at, Optional.of(queued), running, new Cause.Started("CPU"));
    transition(job, end, Optional.of(running), succeeded, Cause.Simple.COMPLETED);
    tables.jobs().update(job, ended(succeeded, Optional.empty(), Optional.of(at), end));
    tables.jobs().worker(job, Json.line(WORKER), WORKER.code());
    epochs(job, spec);
    double accuracy = .3 + .6 * random.nextDouble();
    measured(job, "validation", accuracy);
    measured(job, "test", accuracy);
    measured(job, "scrambled", accuracy / 2);
    artifacts(job, spec, accuracy, end);
  }

  private static NewJob row(TrainSpec spec, Instant at) {
    return JobRows.row(
        JobRequest.of(
            spec,
            "%s on %s, %d px, width %s, seed %d"
                .formatted(
                    spec.architecture(),
                    spec.dataset(),
                    spec.imageSize(),
                    spec.width(),
                    spec.seed()),
            Optional.empty()),
        false,
        Optional.empty(),
        at);
  }

  private static StateRow ended(
      JobState.Name state, Optional<Cause> cause, Optional<Instant> start, Instant end) {
    return new StateRow(
        state.name(),
        start,
        Optional.of(end),
        cause.map(Causes::row),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        0,
        Optional.empty());
  }

  private void transition(
      long job, Instant at, Optional<JobState.Name> from, JobState.Name to, Cause cause) {
    tables
        .jobs()
        .insert(
            job,
            new TransitionRow(at, from.map(JobState.Name::name), to.name(), Causes.row(cause)));
  }

  private void epochs(long job, TrainSpec spec) {
    for (int epoch = 1; epoch <= spec.get(TrainExperiment.EPOCHS); epoch++) {
      double loss = 2.7 / epoch + random.nextDouble();
      double accuracy = 1 - 1. / (epoch + 1 + random.nextDouble());
      tables
          .runs()
          .put(
              job,
              new EpochRow(
                  epoch,
                  spec.get(TrainExperiment.LEARNING_RATE),
                  loss,
                  accuracy,
                  loss,
                  accuracy,
                  epoch > 2,
                  18.5));
    }
  }

  private void measured(long job, String set, double accuracy) {
    String axes = set.equals("scrambled") ? "{\"scrambleSeed\":1}" : "{}";
    double share = Math.floor(accuracy * IMAGES) / IMAGES;
    tables.results().put(new ResultRow(job, "accuracy", "accuracy", set, axes, share, IMAGE_COUNT));
    tables.results().put(new ResultRow(job, "loss", "loss", set, axes, 1.25, IMAGE_COUNT));
  }

  private void artifacts(long job, TrainSpec spec, double accuracy, Instant at) {
    artifact(
        job,
        "split",
        "split.json",
        "application/json",
        Map.of(
            "datasetChecksum", "da7a".repeat(16),
            "splitChecksum", "%064x".formatted(spec.seed()),
            "train", "1350",
            "validation", "150",
            "test", String.valueOf(IMAGES)),
        at);
    artifact(
        job,
        "checkpoint",
        "best.safetensors",
        "application/octet-stream",
        Map.of("contents", "weights of the best epoch"),
        at);
    ArtifactRow predictions =
        row(job, "predictions", "predictions.json", "application/json", Map.of(), at);
    tables.artifacts().insert(files.isEmpty() ? predictions : written(predictions, accuracy));
    boolean explainable = spec.architecture().startsWith("bagnet");
    for (int sample = 0; sample < SAMPLES.size(); sample++) {
      picture(job, "image", sample, "", at);
      picture(job, "scrambled-image", sample, "-scrambled", at);
      if (explainable) {
        picture(job, "heatmap", sample, "-heatmap", at);
        picture(job, "scrambled-heatmap", sample, "-scrambled-heatmap", at);
      }
    }
  }

  private void picture(long job, String kind, int sample, String suffix, Instant at) {
    artifact(
        job,
        kind,
        "sample-" + (sample + 1) + suffix + ".png",
        "image/png",
        Map.of(
            "image", SAMPLES.get(sample),
            "class", "near-1",
            "predicted", "mid-2",
            "label", "near-1",
            "stride", "8",
            "minimum", String.valueOf(-4 * random.nextDouble()),
            "maximum", String.valueOf(9 * random.nextDouble()),
            "limit", "7.5"),
        at);
  }

  private void artifact(
      long job, String kind, String name, String mediaType, Map<String, String> facts, Instant at) {
    tables.artifacts().insert(row(job, kind, name, mediaType, facts, at));
  }

  private ArtifactRow row(
      long job, String kind, String name, String mediaType, Map<String, String> facts, Instant at) {
    return new ArtifactRow(
        0,
        job,
        kind.endsWith("heatmap")
            ? Optional.of("heatmap")
            : kind.endsWith("image") ? Optional.of("pictures") : Optional.empty(),
        kind,
        name,
        job + "/" + name,
        mediaType,
        "%064x".formatted(random.nextLong() & Long.MAX_VALUE),
        20_000,
        Json.line(facts),
        at);
  }

  /** Writes random predictions of this accuracy, with logits. */
  private ArtifactRow written(ArtifactRow row, double accuracy) {
    Path file = files.orElseThrow().resolve(row.file());
    byte[] bytes =
        Json.line(
                Map.of(
                    "classes",
                        IntStream.range(0, CLASSES).mapToObj("class-%02d"::formatted).toList(),
                    "validation", List.of(),
                    "test", predictions(accuracy),
                    "scrambled", predictions(accuracy / 2)))
            .getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ArtifactRow(
        row.id(),
        row.job(),
        row.output(),
        row.kind(),
        row.name(),
        row.file(),
        row.mediaType(),
        HexFormat.of().formatHex(Sha256.digest().digest(bytes)),
        bytes.length,
        row.facts(),
        row.createdAt());
  }

  private List<Map<String, ?>> predictions(double accuracy) {
    return IntStream.range(0, IMAGES)
        .<Map<String, ?>>mapToObj(
            image -> {
              int label = image % CLASSES;
              int predicted =
                  random.nextDouble() < accuracy
                      ? label
                      : (label + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
              float[] logits = new float[CLASSES];
              for (int i = 0; i < CLASSES; i++) {
                logits[i] = (float) random.nextGaussian();
              }
              logits[predicted] += 5;
              return Map.of(
                  "image", "test/class-%02d/%04d.png".formatted(label, image),
                  "label", label,
                  "predicted", predicted,
                  "logits", logits);
            })
        .toList();
  }
}
