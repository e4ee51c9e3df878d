package org.bagnetlab.server.results.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.train.ObjectiveName;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.claim.Claims;
import org.bagnetlab.server.results.claim.Objectives;
import org.bagnetlab.server.results.claim.ReportClaims;
import org.bagnetlab.server.results.claim.StoredEvidence;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.study.Changes;
import org.bagnetlab.server.results.study.Differences;
import org.bagnetlab.server.results.study.ErrorAgreement;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.study.Outcomes;
import org.bagnetlab.server.results.study.RunPair;
import org.bagnetlab.server.results.study.Scores;
import org.bagnetlab.server.results.study.StoredPredictions;
import org.bagnetlab.server.results.study.StudiedNetwork;
import org.bagnetlab.server.results.study.Study;
import org.bagnetlab.server.results.study.TestPredictions;
import org.jspecify.annotations.Nullable;

/** Compares networks image by image, using the predictions that their runs stored. Blocks. */
final class Studies {

  private final StoredFiles files;
  private final Published published;
  private final Networks networks;
  private final MeasuredRuns trainings;
  private final StoredPredictions predictions;
  private final FileCache<TestPredictions> testPredictions;
  private final StoredEvidence evidence;
  private final FileCache<List<Findings.Value>> scores;

  Studies(StoredFiles files, Published published, Networks networks, MeasuredRuns trainings) {
    this.files = files;
    this.published = published;
    this.networks = networks;
    this.trainings = trainings;
    this.predictions = new StoredPredictions(files);
    this.testPredictions = TestPredictions.cache(files);
    this.evidence = new StoredEvidence(files);
    this.scores = Scores.cache(files);
  }

  /**
   * The setting of a view, with its runs.
   *
   * @param group its runs; empty if there are none
   * @param groups the runs of all settings on the data set
   * @param troubled finds the trainings in a setting that do not count as results
   */
  private record Chosen(
      ChosenSetting setting,
      Optional<Setting.Group> group,
      List<Setting.Group> groups,
      Function<Setting.Group, List<LeftOut>> troubled) {

    /** The trainings in a setting that do not count as results. */
    List<LeftOut> leftOut(Setting.Group of) {
      return troubled.apply(of);
    }

    List<Long> runs() {
      return group.map(Setting.Group::runs).orElse(List.of());
    }
  }

  /**
   * Finds the chosen setting. Throws a {@link UnknownRun} that names the chosen run if it is in no
   * setting.
   */
  private Chosen settings(ViewFilter filter) {
    return files.query(
        tables -> {
          List<String> datasets = tables.runs().datasets();
          String dataset = filter.dataset().orElseGet(() -> Results.first(datasets));
          CountedRuns counted =
              CountedRuns.of(tables, trainings, filter.counted(), Optional.of(dataset));
          List<Setting.Group> groups =
              Setting.group(Configuration.group(counted.runs(), published));
          Optional<Setting.Group> chosen =
              chosen(filter.setting(), groups, counted, dataset, networks);
          Function<Setting.Group, List<LeftOut>> inSetting =
              group -> LeftOut.of(inSetting(group, counted.troubled()), networks);
          return new Chosen(
              new ChosenSetting(
                  dataset,
                  datasets,
                  groups.stream().map(Setting.Group::setting).toList(),
                  chosen.map(Setting.Group::setting),
                  chosen.map(inSetting).orElseGet(() -> LeftOut.of(counted.troubled(), networks))),
              chosen,
              groups,
              inSetting);
        });
  }

  private static List<MeasuredRun> inSetting(Setting.Group chosen, List<MeasuredRun> runs) {
    return runs.stream().filter(chosen::covers).toList();
  }

  /**
   * Selects one of the settings on a data set; none if there are none. Throws an {@link UnknownRun}
   * that names the run by which a setting was chosen if it is in none of them.
   *
   * @param counted the runs of the settings, and those that do not count
   */
  static Optional<Setting.Group> chosen(
      SettingChoice choice,
      List<Setting.Group> groups,
      CountedRuns counted,
      String dataset,
      Networks networks) {
    return switch (choice) {
      case SettingChoice.Usual(), SettingChoice.MostNetworks() -> groups.stream().findFirst();
      case SettingChoice.OfRun(long run) ->
          Optional.of(
              counted.runs().stream()
                  .filter(each -> each.job() == run)
                  .flatMap(each -> groups.stream().filter(group -> group.covers(each)))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new UnknownRun(
                              counted
                                  .refusal(run, networks)
                                  .orElse(
                                      "Run %d is not a training on %s that succeeded."
                                          .formatted(run, dataset)))));
    };
  }

  private Study study(Setting.Group group, int grid) throws IOException {
    return Study.of(group, predictions.of(group.runs(), grid));
  }

  private Optional<Study> study(Chosen chosen, int grid) throws IOException {
    return chosen.group().isPresent()
        ? Optional.of(study(chosen.group().get(), grid))
        : Optional.empty();
  }

  /** All pairs of a setting's networks. */
  Differences differences(ViewFilter filter) throws IOException {
    Chosen chosen = settings(filter);
    return Differences.of(
        chosen.setting(), filter.measure(), filter.grid(), study(chosen, filter.grid()), networks);
  }

  /** Whether the networks of a setting fail on the same classes and images. */
  ErrorAgreement errorAgreement(ViewFilter filter) throws IOException {
    Chosen chosen = settings(filter);
    return ErrorAgreement.of(
        chosen.setting(), chosen.group(), testPredictions.of(chosen.runs()), networks);
  }

  /** Statistics of the predictions of a setting's networks. */
  Scores scores(ViewFilter filter) throws IOException {
    Chosen chosen = settings(filter);
    Map<Long, List<Findings.Value>> found = scores.of(chosen.runs());
    return new Scores(
        chosen.setting(),
        chosen.group().map(group -> Scores.of(group, found, networks)).orElse(List.of()));
  }

  /** The effects of the changes from ResNet-50 to BagNet-33 within a setting. */
  Changes changes(ViewFilter filter) throws IOException {
    Chosen chosen = settings(filter);
    return Changes.of(chosen.setting(), study(chosen, TrainSpec.SCRAMBLE_TILES_A_SIDE), networks);
  }

  /**
   * The report's claims, tested on a setting's runs, and on those of the setting that differs from
   * it in the objective only.
   */
  Claims claims(ViewFilter filter) throws IOException {
    Chosen chosen = settings(filter);
    if (chosen.group().isEmpty()) {
      return new Claims(chosen.setting(), List.of());
    }
    Setting.Group group = chosen.group().get();
    Study study = study(group, TrainSpec.SCRAMBLE_TILES_A_SIDE);
    Map<ObjectiveName, Study> studies = new EnumMap<>(ObjectiveName.class);
    List<LeftOut> leftOut = new ArrayList<>(chosen.setting().leftOut());
    for (ObjectiveName objective : List.of(ObjectiveName.GLOBAL, ObjectiveName.LOCAL)) {
      Optional<Setting.Group> other = Objectives.with(objective, group, chosen.groups());
      if (other.isPresent() && other.get().equals(group)) {
        studies.put(objective, study);
      } else if (other.isPresent()) {
        studies.put(objective, study(other.get(), TrainSpec.SCRAMBLE_TILES_A_SIDE));
        leftOut.addAll(chosen.leftOut(other.get()));
      }
    }
    return new Claims(
        chosen.setting().leavingOut(leftOut),
        ReportClaims.of(
            study,
            evidence.of(group, ReportClaims.BAGNETS),
            new Objectives(
                Optional.ofNullable(studies.get(ObjectiveName.GLOBAL)),
                Optional.ofNullable(studies.get(ObjectiveName.LOCAL))),
            published,
            networks));
  }

  /**
   * Compares two runs. On scrambled images, the two runs are compared on the permutations of their
   * trainings, whereas the comparison over seeds uses all permutations that were measured. Empty if
   * the runs have no test image in common, or did not store their predictions.
   *
   * @throws UnknownRun if a run is not a successful training; the message names the run
   */
  Optional<RunPair> pair(long a, long b, Measure set) throws IOException {
    List<MeasuredRun> runs = files.query(tables -> trainings.including(tables, List.of(a, b)));
    MeasuredRun first = find(runs, a);
    MeasuredRun second = find(runs, b);
    // Over seeds, runs with a trouble do not count, except for the two runs themselves.
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
    Map<Long, Outcomes> own = predictions.ofTrainings(List.of(a, b));
    @Nullable Outcomes ownFirst = own.get(a);
    @Nullable Outcomes ownSecond = own.get(b);
    if (!sameImages(first, second) || ownFirst == null || ownSecond == null) {
      return Optional.empty();
    }
    Map<Long, Outcomes> outcomes = predictions.of(all, TrainSpec.SCRAMBLE_TILES_A_SIDE);
    return RunPair.of(
        first,
        second,
        new StudiedNetwork.SeedPair(ownFirst, ownSecond),
        set,
        testPredictions.find(a).map(TestPredictions::classes).orElse(Map.of()),
        Differences.pair(
            StudiedNetwork.of(ofFirst, outcomes),
            StudiedNetwork.of(ofSecond, outcomes),
            set,
            networks),
        networks);
  }

  /**
   * Whether both runs used the same data set. In another data set, or after it was replaced, the
   * same paths belong to different images.
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
            () -> new UnknownRun("Run %d is not a training that succeeded.".formatted(number)));
  }
}
