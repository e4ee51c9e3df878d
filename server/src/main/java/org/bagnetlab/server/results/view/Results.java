package org.bagnetlab.server.results.view;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Resumed;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.StoredOutcomes;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.server.results.accuracy.AccuracyOver;
import org.bagnetlab.server.results.accuracy.Comparison;
import org.bagnetlab.server.results.accuracy.MeasuredField;
import org.bagnetlab.server.results.accuracy.OtherImages;
import org.bagnetlab.server.results.accuracy.ReceptiveFields;
import org.bagnetlab.server.results.accuracy.Scrambling;
import org.bagnetlab.server.results.accuracy.ScramblingCurve;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.failure.FailedJobs;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.server.results.image.PredictionFilter;
import org.bagnetlab.server.results.image.PredictionPage;
import org.bagnetlab.server.results.image.RepeatedImages;
import org.bagnetlab.server.results.image.StoredPredictedImages;
import org.bagnetlab.server.results.importance.SweepImportance;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.list.RunGrouping;
import org.bagnetlab.server.results.list.RunIndex;
import org.bagnetlab.server.results.list.RunPage;
import org.bagnetlab.server.results.list.RunReport;
import org.bagnetlab.server.results.number.Analysis;
import org.bagnetlab.server.results.number.ResultJson;
import org.bagnetlab.server.results.number.ResultPage;
import org.bagnetlab.server.results.number.StatisticReport;
import org.bagnetlab.server.results.reproduction.RunDifference;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pictures;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.study.RunPair;
import org.bagnetlab.server.results.trial.SweepTrials;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/**
 * Computes tables and figures from the stored runs, on its own threads. Methods that do not return
 * a future block.
 */
public final class Results {

  /** The data set shown by default. It needs no download, so it usually has the first runs. */
  private static final String FIRST = Controlled15.NAME;

  /**
   * Maximum number of views that are read at once. Each holds a thread while it waits for the
   * database or a file, so that twenty slow ones delay all others.
   */
  private static final int THREADS = 20;

  /** Number of minutes that a view may take before Vert.x logs a warning. */
  private static final long WARN_AFTER_MINUTES = 1;

  private final WorkerExecutor threads;
  private final Published published;
  private final Networks networks;
  private final MeasuredRuns trainings;
  private final StoredFiles files;
  private final DatasetStore datasets;
  private final Catalogue catalogue;
  private final Studies studies;
  private final StoredPredictedImages predictions;
  private final RunIndex knownRuns;
  private final ViewCache written;
  private volatile Future<?> runsRead = Future.succeededFuture();

  /**
   * Creates the results of the runs in a database.
   *
   * @param artifacts the store with the predictions of runs
   * @param datasets provides the classes of data sets
   * @param catalogue the networks and data sets on which default values depend
   * @param pooling whether runs of different code are averaged
   */
  public Results(
      Vertx vertx,
      Database database,
      ArtifactStore artifacts,
      DatasetStore datasets,
      Catalogue catalogue,
      Published published,
      Pooling pooling) {
    this.threads =
        vertx.createSharedWorkerExecutor("results", THREADS, WARN_AFTER_MINUTES, TimeUnit.MINUTES);
    this.files = new StoredFiles(database, artifacts);
    this.datasets = datasets;
    this.catalogue = catalogue;
    this.published = published;
    this.networks = new Networks(published);
    this.trainings = new MeasuredRuns(pooling);
    this.knownRuns = new RunIndex(networks);
    this.written = new ViewCache(vertx, database, this::imported);
    this.studies = new Studies(files, published, networks, trainings);
    this.predictions = new StoredPredictedImages(files, datasets);
  }

  /** The state of the data sets and weights that views may show. Blocks. */
  private Object imported() throws IOException {
    return List.of(datasets.state(), catalogue.weights().stream().map(catalogue::weights).toList());
  }

  /** The comparisons of networks image by image. */
  Studies studies() {
    return studies;
  }

  /** The networks of runs, and the published ones. */
  public Networks networks() {
    return networks;
  }

  /** A page of a network's predictions, as {@link StoredPredictedImages#page} returns it. */
  public Future<PredictionPage> predictions(
      long job, StoredPredictedImages.Images images, PredictionFilter filter) {
    return executeBlocking(() -> predictions.page(job, images, filter));
  }

  /** What two runs differ in, and whether their results are the same. */
  public Future<RunDifference> difference(Job a, Job b) {
    return executeBlocking(() -> RunDifference.of(side(a), side(b), sameWeights(a, b)));
  }

  private RunDifference.Side side(Job job) {
    return new RunDifference.Side(
        run(job), files.query(tables -> tables.results().ofJob(job.id())));
  }

  /** Whether two runs have the same weights. Empty if either has none, or its file is gone. */
  private Optional<Boolean> sameWeights(Job a, Job b) throws IOException {
    Optional<ArtifactRow> first = checkpoint(a);
    Optional<ArtifactRow> second = checkpoint(b);
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    if (first.get().sha256().equals(second.get().sha256())) {
      return Optional.of(true);
    }
    try {
      // Equal weights in different files: the metadata has the provenance.
      Path one = files.readIntact(first.get(), file -> file);
      Path other = files.readIntact(second.get(), file -> file);
      return Optional.of(Checkpoint.sameWeights(one, other));
    } catch (ArtifactLost e) {
      return Optional.empty();
    }
  }

  private Optional<ArtifactRow> checkpoint(Job job) {
    return StoredFiles.newest(
        files.query(tables -> tables.artifacts().ofJob(job.id())), ArtifactKind.CHECKPOINT);
  }

  /** The comparison of two runs, as {@link Studies#pair} returns it. */
  public Future<Optional<RunPair>> pair(long a, long b, Measure set) {
    return executeBlocking(() -> studies.pair(a, b, set));
  }

  /**
   * Table 1.
   *
   * @param filter selects the runs; if it has no data set, those on the first data set that has
   *     runs; if it has no setting, those of all settings
   */
  Comparison comparison(ViewFilter filter) {
    return files.query(
        tables -> {
          List<Long> failed =
              CountedRuns.of(tables, trainings, filter.counted(), Optional.empty())
                  .troubled()
                  .stream()
                  .map(MeasuredRun::job)
                  .toList();
          List<OtherImages> otherImages =
              OtherImages.all(tables, networks).stream()
                  .filter(each -> each.run().filter(failed::contains).isEmpty())
                  .toList();
          List<String> datasets = measured(tables, otherImages);
          String chosen = filter.dataset().orElseGet(() -> first(datasets));
          CountedRuns counted =
              CountedRuns.of(tables, trainings, filter.counted(), Optional.of(chosen));
          List<Configuration> configurations = Configuration.group(counted.runs(), published);
          List<Setting.Group> settings = Setting.group(configurations);
          return Comparison.of(
              measuredOn(tables, chosen),
              new Comparison.Shown(
                  datasets,
                  configurations,
                  settings,
                  filter.setting() instanceof SettingChoice.Usual
                      ? Optional.empty()
                      : Studies.chosen(filter.setting(), settings, counted, chosen, networks)),
              counted,
              otherImages,
              published,
              networks);
        });
  }

  /** The data sets that networks were trained or evaluated on. */
  private static List<String> measured(Tables tables, List<OtherImages> otherImages) {
    return Stream.concat(
            tables.runs().datasets().stream(), otherImages.stream().map(OtherImages::dataset))
        .distinct()
        .sorted()
        .toList();
  }

  /** The data sets that are here, and those of runs, which may be from another lab. */
  public Future<Set<String>> knownDatasets() {
    return executeBlocking(
        () -> {
          Set<String> known = new LinkedHashSet<>();
          datasets.list().datasets().forEach(dataset -> known.add(dataset.name()));
          known.addAll(files.query(tables -> measured(tables, OtherImages.all(tables, networks))));
          return known;
        });
  }

  /** The trainings that count in a view, and those that it leaves out. */
  CountedRuns counted(ViewFilter filter) {
    return files.query(
        tables -> CountedRuns.of(tables, trainings, filter.counted(), filter.dataset()));
  }

  /** The data set to show if none was chosen. */
  static String first(List<String> datasets) {
    return datasets.isEmpty() || datasets.contains(FIRST) ? FIRST : datasets.get(0);
  }

  private ShownRuns shown(Tables tables, ViewFilter filter) {
    return ShownRuns.of(
        filter.setting(),
        CountedRuns.of(tables, trainings, filter.counted(), filter.dataset()),
        published,
        networks);
  }

  /**
   * The view of receptive fields.
   *
   * @param filter selects the runs; if it has no data set, those on all data sets, on each those of
   *     the chosen setting
   */
  ReceptiveFields receptiveFields(ViewFilter filter) {
    return files.query(
        tables -> {
          ShownRuns shown = shown(tables, filter);
          List<MeasuredRun> runs = shown.runs();
          return ReceptiveFields.of(
              runs,
              shown.settings(),
              MeasuredField.all(tables, runs, published, networks),
              pictures(tables, runs),
              name -> measuredOn(tables, name),
              catalogue,
              published,
              networks);
        });
  }

  /**
   * The view of the loss by scrambling.
   *
   * @param filter selects the runs; if it has no data set, those on all data sets, on each those of
   *     the chosen setting
   */
  Scrambling scrambling(ViewFilter filter) {
    return files.query(
        tables -> {
          ShownRuns shown = shown(tables, filter);
          List<MeasuredRun> runs = shown.runs();
          return Scrambling.of(
              runs,
              shown.settings(),
              ScramblingCurve.Found.in(tables),
              OtherImages.all(tables, networks).stream()
                  .filter(each -> filter.dataset().map(each.dataset()::equals).orElse(true))
                  .toList(),
              pictures(tables, runs),
              name -> measuredOn(tables, name),
              catalogue,
              published,
              networks);
        });
  }

  /**
   * The numbers that an experiment measured for runs.
   *
   * @param filter selects the runs; if it has no data set, those on the first data set that has
   *     runs
   */
  Analysis analysis(Experiment<?> experiment, ViewFilter filter) {
    return files.query(
        tables ->
            Analysis.of(
                experiment,
                filter.dataset().orElseGet(() -> first(tables.runs().datasets())),
                filter.counted(),
                trainings,
                tables,
                catalogue,
                published,
                networks));
  }

  /** The same as JSON. */
  public Future<WrittenText> writtenAnalysis(Experiment<?> experiment, ViewFilter filter) {
    return written(
        List.of("analysis", experiment.name(), filter),
        () -> analysis(experiment, filter.withTrials()));
  }

  /**
   * Test accuracy over a parameter of trainings.
   *
   * @param filter selects the runs; if it has no data set, those on all data sets, on each those of
   *     the chosen setting
   */
  AccuracyOver accuracyOver(Parameter<?> parameter, ViewFilter filter) {
    return files.query(
        tables ->
            AccuracyOver.of(
                parameter,
                CountedRuns.of(tables, trainings, filter.counted(), filter.dataset()).runs(),
                FoundNumbers.in(tables, EvidenceExperiment.SPARSENESS),
                name -> measuredOn(tables, name),
                published,
                networks));
  }

  /** The bytes of a stored file. Empty if there is none, or it is lost. Blocks. */
  public Optional<byte[]> file(long artifact) throws IOException {
    Optional<ArtifactRow> row = files.query(tables -> tables.artifacts().find(artifact));
    try {
      return row.isEmpty()
          ? Optional.empty()
          : Optional.of(files.readIntact(row.get(), Files::readAllBytes));
    } catch (ArtifactLost e) {
      return Optional.empty();
    }
  }

  /** Which settings matter for the trainings of a sweep, as JSON. */
  public Future<WrittenText> writtenImportance(String sweep) {
    return written(
        List.of("importance", sweep),
        () -> SweepImportance.of(files.query(tables -> StoredOutcomes.of(tables, sweep))));
  }

  /**
   * The trials of a sweep, as JSON. The text is not cached, since trials change while they run.
   *
   * @param jobs the jobs of the sweep
   */
  public Future<WrittenText> writtenTrials(String sweep, List<Job> jobs) {
    return executeBlocking(
        () ->
            WrittenText.of(
                ServerJson.text(
                    files.query(
                        tables ->
                            SweepTrials.of(
                                tables,
                                sweep,
                                jobs,
                                knownRuns.troubles(tables, jobs),
                                catalogue,
                                networks)))));
  }

  private MeasuredOn measuredOn(Tables tables, String dataset) {
    return MeasuredOn.of(dataset, classes(tables, dataset), published);
  }

  private List<Pictures> pictures(Tables tables, List<MeasuredRun> runs) {
    List<MeasuredRun> shown = Pictures.shown(runs, published);
    return Pictures.of(
        shown, tables.artifacts().ofJobs(shown.stream().map(MeasuredRun::job).toList()));
  }

  /** Reads the runs in advance, so that the first list does not take longer than later ones. */
  public Future<Integer> readRuns() {
    Future<Integer> read =
        executeBlocking(
            () ->
                files.query(
                    tables -> {
                      var _ = trainings.all(tables, Optional.empty());
                      return knownRuns.all(tables).size();
                    }));
    runsRead = read.otherwiseEmpty();
    return read;
  }

  /**
   * Completes after {@link #readRuns}: a list of runs waits for it, without a thread, instead of
   * repeating it.
   */
  Future<?> runsRead() {
    return runsRead;
  }

  /** The runs that have results. */
  public RunPage runs(RunFilter filter) {
    return files.query(
        tables ->
            filter.grouped()
                ? RunPage.grouped(knownRuns.all(tables), filter, new RunGrouping(tables, trainings))
                : RunPage.of(knownRuns.all(tables), filter));
  }

  /**
   * What is stored about jobs, which may still run, besides their states; by job.
   *
   * @param troubles of the trainings among them
   * @param costs of those that have run
   * @param resumed of those that went on after an interruption
   */
  public record Stored(
      Map<Long, Trouble> troubles, Map<Long, JobCostRow> costs, Map<Long, Resumed> resumed) {}

  /** What is stored about jobs besides their states. */
  public Future<Stored> stored(List<Job> jobs) {
    List<Long> ids = jobs.stream().map(Job::id).toList();
    return executeBlocking(
        () ->
            files.query(
                tables ->
                    new Stored(
                        knownRuns.troubles(tables, jobs),
                        tables.costs().ofJobs(ids).stream()
                            .collect(Collectors.toMap(JobCostRow::job, cost -> cost)),
                        JobRows.resumed(tables, ids))));
  }

  /** Everything that is known about a run, as JSON. */
  public Future<WrittenText> writtenRun(Job job) {
    return written(job, "run", () -> run(job));
  }

  private RunReport run(Job job) {
    Optional<TrainSpec> training = training(job);
    Optional<Published.History> history = publishedHistory(job);
    return files.query(
        tables ->
            RunReport.of(
                job,
                training,
                training.flatMap(spec -> measuredOn(tables, spec.dataset()).chance()),
                training.flatMap(
                    spec -> networks.parameters(spec, classes(tables, spec.dataset()))),
                tables.runs().epochs(job.id()),
                history,
                tables.results().ofJob(job.id()),
                OtherImages.about(tables, job.id(), networks),
                tables.artifacts().ofJob(job.id()),
                tables.annotations().find(job.id()),
                tables.costs().ofJob(job.id())));
  }

  /**
   * Why jobs failed, the most frequent cause first.
   *
   * @param sweep to return only the causes of failures of this sweep
   */
  public Future<List<FailedJobs>> failures(Optional<String> sweep) {
    return executeBlocking(
        () -> FailedJobs.of(files.query(tables -> FailedJobs.Rows.read(tables, sweep))));
  }

  /**
   * Warnings about values with which most jobs failed before.
   *
   * @param requested the settings of jobs, by experiment; they may be incomplete
   */
  public Future<List<String>> warnings(Map<String, List<Settings>> requested) {
    return executeBlocking(
        () ->
            FailedJobs.of(
                    files.query(
                        tables -> FailedJobs.Rows.ofExperiments(tables, requested.keySet())))
                .stream()
                .flatMap(failed -> failed.warnings(requested))
                .toList());
  }

  /** What the lab did in a period. */
  public Future<Digest> digest(Instant since, Instant until) {
    return executeBlocking(
        () -> files.query(tables -> Digest.of(tables, knownRuns.all(tables), since, until)));
  }

  /** What the jobs of a sweep cost. */
  public Future<CostSumJson> costOfSweep(String sweep) {
    return executeBlocking(
        () -> files.query(tables -> CostSumJson.of(tables.costs().ofSweep(sweep))));
  }

  /** What the jobs about a data set cost. */
  public Future<CostSumJson> costOfDataset(String dataset) {
    return executeBlocking(
        () -> files.query(tables -> CostSumJson.of(tables.costs().ofDataset(dataset))));
  }

  /**
   * Counts the validation and test images of a training that also occur in an earlier part of its
   * split; see {@link RepeatedImages#of}.
   */
  public Future<Optional<RepeatedImages>> repeatedImages(Job job, TrainSpec training) {
    return executeBlocking(
        () -> {
          Optional<String> checksum =
              files.query(tables -> Facts.datasetChecksum(tables.artifacts().ofJob(job.id())));
          return RepeatedImages.of(training, checksum, datasets);
        });
  }

  private Optional<Published.History> publishedHistory(Job job) {
    return training(job)
        .flatMap(
            training ->
                published.history(
                    training.architecture(),
                    files.query(tables -> classes(tables, training.dataset()))));
  }

  /** The classes of a data set, which may be known only by its predictions. */
  private List<String> classes(Tables tables, String dataset) {
    try {
      return datasets
          .facts(dataset)
          .map(DatasetFacts::classes)
          .orElseGet(() -> predictions.classes(tables, dataset));
    } catch (DamagedException e) {
      // A data set that was damaged later must not hide results that were measured on it.
      return List.of();
    }
  }

  private record RunResults(List<ResultJson> results) {}

  /** All numbers measured for a run, including its epochs, as JSON. */
  public Future<WrittenText> writtenResults(Job job) {
    return written(
        job, "results", () -> files.query(tables -> new RunResults(ResultJson.about(tables, job))));
  }

  /** The numbers that successful jobs measured. */
  public Future<ResultPage> results(ResultFilter filter, int limit, long offset) {
    return executeBlocking(() -> page(filter, limit, offset));
  }

  /** The same as JSON. */
  public Future<WrittenText> writtenResults(ResultFilter filter, int limit, long offset) {
    return written(List.of("results", filter, limit, offset), () -> page(filter, limit, offset));
  }

  private ResultPage page(ResultFilter filter, int limit, long offset) {
    return files.query(tables -> ResultPage.of(tables, filter, limit, offset));
  }

  /** A statistic of the stored predictions of a run. Empty if the run has none. */
  public Future<Optional<StatisticReport>> statistic(Job job, Statistic statistic) {
    return executeBlocking(
        () -> {
          Optional<ArtifactRow> file =
              files.query(
                  tables ->
                      StoredFiles.newest(
                          tables.artifacts().ofJob(job.id()), ArtifactKind.PREDICTIONS));
          return file.isEmpty()
              ? Optional.empty()
              : Optional.of(files.readIntact(file.get(), path -> computed(job, statistic, path)));
        });
  }

  private StatisticReport computed(Job job, Statistic statistic, Path file) throws IOException {
    Predictions predictions = Json.MAPPER.readValue(file.toFile(), Predictions.class);
    return StatisticReport.of(
        statistic, predictions, training(job).map(TrainSpec::architecture).orElse(""), published);
  }

  private static Optional<TrainSpec> training(Job job) {
    return job.spec() instanceof TrainSpec train ? Optional.of(train) : Optional.empty();
  }

  /**
   * Writes JSON about a job. The text is cached only if the job succeeded, since other jobs can
   * change without a new revision of the database.
   */
  private Future<WrittenText> written(Job job, String what, Callable<?> reading) {
    return job.state() instanceof JobState.Succeeded
        ? written(List.of(what, job), reading)
        : executeBlocking(() -> WrittenText.of(ServerJson.text(reading.call())));
  }

  private Future<WrittenText> written(Object asked, Callable<?> reading) {
    return writtenOnce(asked, () -> ServerJson.text(reading.call()));
  }

  /** A text computed from the stored runs, cached by {@link ViewCache#of}. */
  Future<WrittenText> writtenOnce(Object asked, Callable<String> writing) {
    return written.of(asked, () -> executeBlocking(() -> WrittenText.of(writing.call())));
  }

  private <T> Future<T> executeBlocking(Callable<T> work) {
    return threads.executeBlocking(work, false);
  }
}
