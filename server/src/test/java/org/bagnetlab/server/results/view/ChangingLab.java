package org.bagnetlab.server.results.view;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.QueuePosition;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/** A lab without a server, in which all happens that views depend on. */
final class ChangingLab implements AutoCloseable {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final String DATASET = "scenes";
  private static final List<String> NETWORKS = List.of("bagnet9", "bagnet33", "resnet50");
  private static final int IMAGES = 8;

  private final DataDirectory directory;
  private final Database database;
  private final Path source;
  private final List<Long> runs = new ArrayList<>();
  private int seeds;

  ChangingLab(Path data) throws IOException {
    directory = DataDirectory.open(data.resolve("lab"));
    database = Database.open(directory.database());
    source = data.resolve("source");
    for (String folder : List.of("train", "test")) {
      for (String name : List.of("Coast", "Forest")) {
        Path file = source.resolve(folder).resolve(name).resolve("1.png");
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, file.hashCode());
        ImageIO.write(image, "png", file.toFile());
      }
    }
    write(
        tables ->
            tables
                .sweeps()
                .insert(
                    new SweepRow(
                        "study",
                        "{}",
                        NOON,
                        false,
                        Optional.empty(),
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
  }

  Database database() {
    return database;
  }

  DatasetStore datasets() {
    return new DatasetStore(directory.datasets());
  }

  ArtifactStore artifacts() {
    return new ArtifactStore(directory, database);
  }

  /** Results that remember nothing yet. */
  Results results(Vertx vertx, ArtifactStore artifacts) {
    Published published = Published.read();
    DatasetStore datasets = datasets();
    return new Results(
        vertx,
        database,
        artifacts,
        datasets,
        new VisionCatalogue(datasets, new WeightsStore(directory.weights())),
        published,
        Pooling.BY_CODE);
  }

  /** All that is asked of results and remembered. */
  List<Function<Results, Future<WrittenText>>> views() {
    Stream<Function<Results, Future<WrittenText>>> views =
        Stream.of(Optional.<String>empty(), Optional.of(DATASET))
            .flatMap(
                dataset ->
                    View.all().stream()
                        .filter(view -> view.experiment().isEmpty())
                        .map(
                            view ->
                                results -> view.written(results, filter(dataset), ViewForm.JSON)));
    Stream<Function<Results, Future<WrittenText>>> analyses =
        Experiments.all().stream()
            .filter(experiment -> View.isAnalysis(experiment.name()))
            .limit(2)
            .map(
                experiment ->
                    results -> results.writtenAnalysis(experiment, filter(Optional.empty())));
    Stream<Function<Results, Future<WrittenText>>> ofRuns =
        database
            .read(tables -> runs.stream().flatMap(run -> tables.jobs().find(run).stream()).toList())
            .join()
            .stream()
            .map(ChangingLab::job)
            .flatMap(
                job ->
                    Stream.of(
                        results -> results.writtenRun(job),
                        results -> results.writtenResults(job)));
    return Stream.of(
            views,
            analyses,
            ofRuns,
            Stream.<Function<Results, Future<WrittenText>>>of(
                results ->
                    results.writtenResults(
                        new ResultFilter(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                        1000,
                        0)))
        .flatMap(all -> all)
        .toList();
  }

  private static Job job(JobRow row) {
    return new Job(
        row.id(),
        StoredSpec.read(row.spec()),
        row.title(),
        row.sweep(),
        JobRows.state(row.state()),
        row.createdAt(),
        new QueuePosition(0, 0, false, Optional.empty(), Optional.empty(), false),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ViewFilter filter(Optional<String> dataset) {
    return new ViewFilter(
        dataset, new SettingChoice.Usual(), Measure.TEST, TrainSpec.SCRAMBLE_TILES_A_SIDE, false);
  }

  private void write(Consumer<Tables> change) {
    database
        .write(
            tables -> {
              change.accept(tables);
              return 0;
            })
        .join();
  }

  /** Something happens; gives what. */
  String change(Random random) throws IOException, DatasetException {
    int what = runs.size() < 4 ? 0 : random.nextInt(10);
    if (what < 2) {
      return "run " + train(NETWORKS.get(random.nextInt(NETWORKS.size())), random.nextInt());
    }
    long run = runs.get(random.nextInt(runs.size()));
    switch (what) {
      case 2 -> write(tables -> tables.jobs().delete(runs.remove(runs.indexOf(run))));
      case 3 -> write(tables -> removeSplit(tables, run));
      case 4 -> tag(run);
      case 5 -> write(tables -> tables.sweeps().share("study", run));
      case 6 -> write(tables -> tables.sweeps().leave("study", run));
      case 7 -> evaluate(run, random.nextInt(IMAGES));
      case 8 -> queue();
      default -> importOrRemoveDataset();
    }
    return "change %d of run %d".formatted(what, run);
  }

  /** As retention removes files; what a job found stays as it is once it has succeeded. */
  private static void removeSplit(Tables tables, long run) {
    tables.artifacts().ofJob(run).stream()
        .filter(file -> file.kind().equals("split"))
        .forEach(file -> tables.artifacts().remove(file.id()));
  }

  /** A job that has not run. */
  void queue() {
    write(tables -> tables.jobs().insert(training("bagnet9", "controlled-15", 1000)));
  }

  void tag(long run) {
    write(
        tables ->
            tables
                .annotations()
                .put(new AnnotationRow(run, List.of("a" + ++seeds), Optional.empty())));
  }

  /** A training that succeeds, with what it stores. */
  long train(String architecture, long seed) {
    String dataset = ++seeds % 3 == 0 ? DATASET : "controlled-15";
    long job =
        database
            .write(tables -> tables.jobs().insert(training(architecture, dataset, seeds)))
            .join();
    write(tables -> stored(tables, job, new Random(seed)));
    write(tables -> tables.jobs().update(job, succeeded()));
    runs.add(job);
    return job;
  }

  private void stored(Tables tables, long job, Random random) {
    tables.runs().put(job, epoch(1, .5));
    measured(tables, job, "test", random.nextInt(IMAGES));
    measured(tables, job, "scrambled", random.nextInt(IMAGES));
    artifact(tables, job, "split", "{}", "{\"datasetChecksum\":\"a\",\"train\":\"1200\"}");
    artifact(
        tables,
        job,
        "predictions",
        Json.line(
            Map.of(
                "classes", List.of("Coast", "Forest"),
                "validation", List.of(),
                "test", predictions(random),
                "scrambled", predictions(random))),
        "{}");
  }

  private static List<Map<String, Object>> predictions(Random random) {
    return IntStream.range(0, IMAGES)
        .mapToObj(
            image ->
                Map.<String, Object>of(
                    "image",
                    "test/%d.png".formatted(image),
                    "label",
                    image % 2,
                    "predicted",
                    random.nextInt(2),
                    "logits",
                    new float[] {random.nextFloat(), random.nextFloat()}))
        .toList();
  }

  /** Another scrambling of a run's images. */
  private void evaluate(long run, int right) {
    write(
        tables -> {
          long job =
              tables
                  .jobs()
                  .insert(
                      JobRows.row(
                          JobRequest.of(
                              new EvaluateExperiment()
                                  .ofRun(run)
                                  .with(EvaluateExperiment.SCRAMBLE_SEED, (long) ++seeds),
                              "an evaluation",
                              Optional.empty()),
                          false,
                          Optional.empty(),
                          NOON));
          measured(tables, job, "scrambled", right);
          tables.jobs().update(job, succeeded());
        });
  }

  /** The data set of every third run is imported, or removed if it is there. */
  void importOrRemoveDataset() throws IOException, DatasetException {
    if (datasets().imported(DATASET)) {
      try (Closeable removed = datasets().remove(DATASET)) {
        assert removed != null;
      }
      return;
    }
    var unused = datasets().importFrom(DATASET, source, (done, total) -> {});
  }

  private static NewJob training(String architecture, String dataset, int seed) {
    return JobRows.row(
        JobRequest.of(
            SimulatedRuns.spec(architecture, dataset, seed), "a training", Optional.empty()),
        false,
        Optional.empty(),
        NOON);
  }

  private static StateRow succeeded() {
    return new StateRow(
        "SUCCEEDED",
        Optional.of(NOON),
        Optional.of(NOON.plusSeconds(5)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        0,
        Optional.empty());
  }

  private static EpochRow epoch(int number, double accuracy) {
    return new EpochRow(number, .001, 1, accuracy, 1, accuracy, true, 1);
  }

  private static void measured(Tables tables, long job, String set, int right) {
    tables
        .results()
        .put(
            new ResultRow(
                job,
                "accuracy",
                "accuracy",
                set,
                set.equals("scrambled") ? "{\"scrambleSeed\":1}" : "{}",
                (double) right / IMAGES,
                Optional.of(IMAGES)));
  }

  private void artifact(Tables tables, long job, String kind, String content, String facts) {
    String name = kind + ".json";
    try {
      Path file = directory.artifacts().resolve(String.valueOf(job)).resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      byte[] bytes = Files.readAllBytes(file);
      var unused =
          tables
              .artifacts()
              .insert(
                  new ArtifactRow(
                      0,
                      job,
                      Optional.empty(),
                      kind,
                      name,
                      job + "/" + name,
                      "application/json",
                      HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                      bytes.length,
                      facts,
                      NOON));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
    directory.close();
  }
}
