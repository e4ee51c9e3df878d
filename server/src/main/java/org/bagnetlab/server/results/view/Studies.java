package org.bagnetlab.server.results.view;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.results.claim.Claim;
import org.bagnetlab.server.results.claim.Claims;
import org.bagnetlab.server.results.claim.ReportClaims;
import org.bagnetlab.server.results.claim.StoredEvidence;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.study.Changes;
import org.bagnetlab.server.results.study.Differences;
import org.bagnetlab.server.results.study.ErrorAgreement;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.study.RunPair;
import org.bagnetlab.server.results.study.Scores;
import org.bagnetlab.server.results.study.StoredPredictions;
import org.bagnetlab.server.results.study.StudiedNetwork;
import org.bagnetlab.server.results.study.Study;
import org.bagnetlab.server.results.study.TestPredictions;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactStore;

/** Compares networks image by image, from the predictions that their runs stored. */
public final class Studies {

  private final Vertx vertx;
  private final Database database;
  private final Published published;
  private final Networks networks;
  private final StoredPredictions predictions;
  private final FileCache<TestPredictions> testPredictions;
  private final StoredEvidence evidence;
  private final FileCache<List<Findings.Value>> scores;

  /** Compares the runs in a database, whose predictions are artifacts. */
  public Studies(
      Vertx vertx,
      Database database,
      ArtifactStore artifacts,
      Published published,
      Networks networks) {
    this.vertx = vertx;
    this.database = database;
    this.published = published;
    this.networks = networks;
    StoredFiles files = new StoredFiles(vertx, database, artifacts);
    this.predictions = new StoredPredictions(files);
    this.testPredictions = TestPredictions.cache(files);
    this.evidence = new StoredEvidence(files);
    this.scores = Scores.cache(files);
  }

  /** The setting of a view, with its runs; no group: nothing has run. */
  private record Chosen(ChosenSetting setting, Optional<Setting.Group> group) {

    List<Long> runs() {
      return group.map(Setting.Group::runs).orElse(List.of());
    }
  }

  /**
   * Finds the chosen setting. Fails with {@link NoSuchElementException}, naming the chosen run, if
   * it is in no setting.
   */
  private Future<Chosen> settings(ViewFilter filter) {
    return read(
        tables -> {
          List<String> datasets = tables.runs().datasets();
          String dataset = filter.dataset().orElseGet(() -> Results.first(datasets));
          List<MeasuredRun> runs = MeasuredRun.of(tables, filter.troubled(), Optional.of(dataset));
          List<Setting.Group> groups = Setting.group(Configuration.group(runs, published));
          List<MeasuredRun> all = MeasuredRun.all(tables, Optional.of(dataset));
          List<LeftOut> leftOut = LeftOut.of(all, filter.troubled(), networks);
          Optional<Setting.Group> chosen = chosen(groups, leftOut, filter, dataset);
          return new Chosen(
              new ChosenSetting(
                  dataset,
                  datasets,
                  groups.stream().map(Setting.Group::setting).toList(),
                  chosen.map(Setting.Group::setting),
                  chosen
                      .map(group -> LeftOut.of(inSetting(group, all), filter.troubled(), networks))
                      .orElse(leftOut)),
              chosen);
        });
  }

  private static List<MeasuredRun> inSetting(Setting.Group chosen, List<MeasuredRun> runs) {
    Configuration.Key setting = chosen.configurations().get(0).keyOfSetting();
    return runs.stream()
        .filter(run -> Configuration.Key.of(run).ofAnyNetwork().equals(setting))
        .toList();
  }

  private static Optional<Setting.Group> chosen(
      List<Setting.Group> groups, List<LeftOut> leftOut, ViewFilter filter, String dataset) {
    if (filter.setting().isEmpty()) {
      return groups.stream().findFirst();
    }
    long run = filter.setting().get();
    return Optional.of(
        groups.stream()
            .filter(group -> group.has(run))
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        leftOut.stream()
                            .filter(each -> each.run() == run)
                            .findFirst()
                            .map(LeftOut::refusal)
                            .orElse(
                                "Run %d is not a training on %s that succeeded."
                                    .formatted(run, dataset)))));
  }

  private Future<Study> study(Setting.Group group, int grid) {
    return predictions.of(group.runs(), grid).map(outcomes -> Study.of(group, outcomes));
  }

  /** All pairs of a setting's networks. */
  public Future<Differences> differences(ViewFilter filter) {
    return settings(filter)
        .compose(
            chosen ->
                study(chosen.group(), filter.grid())
                    .compose(
                        study ->
                            computed(
                                () ->
                                    Differences.of(
                                        chosen.setting(),
                                        filter.measure(),
                                        filter.grid(),
                                        study,
                                        networks))));
  }

  /** Whether a setting's networks fail on the same classes and images. */
  public Future<ErrorAgreement> errorAgreement(ViewFilter filter) {
    return settings(filter)
        .compose(
            chosen ->
                testPredictions
                    .of(chosen.runs())
                    .compose(
                        found ->
                            computed(
                                () ->
                                    ErrorAgreement.of(
                                        chosen.setting(), chosen.group(), found, networks))));
  }

  /** Statistics of the predictions of a setting's networks. */
  public Future<Scores> scores(ViewFilter filter) {
    return settings(filter)
        .compose(
            chosen ->
                scores
                    .of(chosen.runs())
                    .map(
                        found ->
                            new Scores(
                                chosen.setting(),
                                chosen
                                    .group()
                                    .map(group -> Scores.of(group, found, networks))
                                    .orElse(List.of()))));
  }

  /** The effects of the changes from ResNet-50 to BagNet-33 in a setting. */
  public Future<Changes> changes(ViewFilter filter) {
    return settings(filter)
        .compose(
            chosen ->
                study(chosen.group(), TrainSpec.SCRAMBLE_TILES_A_SIDE)
                    .map(
                        study ->
                            new Changes(
                                chosen.setting(),
                                study.map(some -> Changes.of(some, networks)).orElse(List.of()))));
  }

  /** The report's claims, tested on a setting's runs. */
  public Future<Claims> claims(ViewFilter filter) {
    return settings(filter)
        .compose(
            chosen ->
                chosen
                    .group()
                    .map(this::judged)
                    .orElseGet(() -> Future.succeededFuture(List.of()))
                    .map(claims -> new Claims(chosen.setting(), claims)));
  }

  private Future<List<Claim>> judged(Setting.Group group) {
    return study(group, TrainSpec.SCRAMBLE_TILES_A_SIDE)
        .compose(
            study ->
                evidence
                    .of(group, ReportClaims.BAGNETS)
                    .compose(
                        found ->
                            computed(() -> ReportClaims.of(study, found, published, networks))));
  }

  /** Computes off the event loop, since a study has dozens of runs with thousands of images. */
  private <T> Future<T> computed(Callable<T> statistics) {
    return vertx.executeBlocking(statistics, false);
  }

  private Future<Optional<Study>> study(Optional<Setting.Group> group, int grid) {
    return group
        .map(some -> study(some, grid).map(Optional::of))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /**
   * Compares two runs. On scrambled images, the runs are compared by their trainings' permutations,
   * but over seeds by all that were measured. Empty: they have no test image in common, or did not
   * store their predictions. Fails with {@link NoSuchElementException}, naming the run, if one is
   * not a successful training.
   */
  public Future<Optional<RunPair>> pair(long a, long b, Measure set) {
    return read(tables -> MeasuredRun.all(tables, Optional.empty()))
        .compose(
            runs -> {
              MeasuredRun first = find(runs, a);
              MeasuredRun second = find(runs, b);
              // Over seeds, runs in trouble do not count, except the two runs themselves.
              List<MeasuredRun> counted =
                  runs.stream()
                      .filter(run -> run.trouble().isEmpty() || List.of(a, b).contains(run.job()))
                      .toList();
              Configuration ofFirst = configuration(counted, first);
              Configuration ofSecond = configuration(counted, second);
              List<Long> all =
                  Stream.of(List.of(a, b), ofFirst.numbers(), ofSecond.numbers())
                      .flatMap(List::stream)
                      .distinct()
                      .toList();
              return predictions
                  .ofTrainings(List.of(a, b))
                  .compose(
                      own ->
                          predictions
                              .of(all, TrainSpec.SCRAMBLE_TILES_A_SIDE)
                              .map(
                                  outcomes ->
                                      sameImages(first, second)
                                              && own.containsKey(a)
                                              && own.containsKey(b)
                                          ? RunPair.of(
                                              first,
                                              second,
                                              new StudiedNetwork.SeedPair(own.get(a), own.get(b)),
                                              set,
                                              Differences.pair(
                                                  StudiedNetwork.of(ofFirst, outcomes),
                                                  StudiedNetwork.of(ofSecond, outcomes),
                                                  set,
                                                  networks),
                                              networks)
                                          : Optional.<RunPair>empty()));
            });
  }

  /**
   * Whether both used the same data set: in another one, or after a replacement, the same paths are
   * different images.
   */
  private static boolean sameImages(MeasuredRun one, MeasuredRun other) {
    return one.spec().dataset().equals(other.spec().dataset())
        && one.datasetChecksum().equals(other.datasetChecksum());
  }

  private Configuration configuration(List<MeasuredRun> runs, MeasuredRun run) {
    Configuration.Key key = Configuration.Key.of(run);
    return Configuration.group(
            runs.stream().filter(each -> Configuration.Key.of(each).equals(key)).toList(),
            published)
        .get(0);
  }

  private static MeasuredRun find(List<MeasuredRun> runs, long number) {
    return runs.stream()
        .filter(run -> run.job() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "Run %d is not a training that succeeded.".formatted(number)));
  }

  private <T> Future<T> read(Function<Tables, T> query) {
    return Futures.of(vertx, database.read(query));
  }
}
