package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.DuplicateImages;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.junit.jupiter.api.Test;

/** Runs are one configuration when they differ in their seed alone, and each seed counts once. */
class ConfigurationTests {

  private static MeasuredRun run(long job, long seed, int heatmapStride, String checksum) {
    return run(job, seed, heatmapStride, checksum, Optional.empty());
  }

  private static MeasuredRun run(
      long job, long seed, int heatmapStride, String checksum, Optional<StartingWeights> weights) {
    return run(job, seed, heatmapStride, checksum, weights, Precision.FP32, DuplicateImages.KEEP);
  }

  private static MeasuredRun run(
      long job,
      long seed,
      int heatmapStride,
      String checksum,
      Optional<StartingWeights> weights,
      Precision precision,
      DuplicateImages duplicates) {
    TrainSpec spec =
        new TrainSpec(
            TrainSpec.of("bagnet9", "scene15")
                .with(TrainExperiment.SEED, seed)
                .with(TrainExperiment.HEATMAP_STRIDE, heatmapStride)
                .with(TrainExperiment.PRECISION, precision)
                .with(TrainExperiment.DUPLICATES, duplicates)
                .settings()
                .with(TrainExperiment.WEIGHTS, weights));
    return new MeasuredRun(
        spec,
        new MeasuredRunRow(
            job,
            Json.line(spec),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(checksum).map("{\"datasetChecksum\":\"%s\"}"::formatted),
            Optional.of(seed != 2),
            Optional.of(1.5),
            Optional.of(.5),
            Optional.empty()),
        List.of(
            new ResultRow(
                job, "accuracy", "accuracy", "test", "{}", job / 100.0, Optional.of(100))),
        RunCode.only(Optional.empty()));
  }

  private static List<Configuration> group(MeasuredRun... runs) {
    return Configuration.group(List.of(runs), Published.read());
  }

  @Test
  void aSeedThatRanAgainCountsOnceByItsNewestRun() {
    List<Configuration> groups =
        group(run(40, 1, 1, "a"), run(50, 2, 1, "a"), run(60, 1, 1, "a"), run(70, 1, 1, "a"));
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).numbers()).containsExactly(50L, 70L);
    assertThat(groups.get(0).measured(MeasuredSet.TEST).orElseThrow().n()).isEqualTo(2);
    assertThat(groups.get(0).measured(MeasuredSet.TEST).orElseThrow().notConverged()).contains(1);
  }

  @Test
  void theSameSeedTwiceIsOneRun() {
    Measured measured =
        group(run(40, 1, 1, "a"), run(41, 1, 1, "a"))
            .get(0)
            .measured(MeasuredSet.TEST)
            .orElseThrow();
    assertThat(measured.n()).isEqualTo(1);
    assertThat(measured.interval()).contains(Interval.Method.WILSON);
  }

  @Test
  void howHeatmapsAreDrawnChangesNoAccuracy() {
    assertThat(group(run(40, 1, 1, "a"), run(50, 2, 8, "a"))).hasSize(1);
  }

  @Test
  void anotherPrecisionIsAnotherConfiguration() {
    MeasuredRun reduced =
        run(50, 2, 1, "a", Optional.empty(), Precision.BF16, DuplicateImages.KEEP);
    assertThat(group(run(40, 1, 1, "a"), reduced))
        .extracting(configuration -> configuration.spec().get(TrainExperiment.PRECISION))
        .containsExactly(Precision.FP32, Precision.BF16);
  }

  /** So the effect of duplicates on an accuracy is a comparison of two configurations. */
  @Test
  void leavingOutDuplicatesIsAnotherConfiguration() {
    MeasuredRun without =
        run(50, 2, 1, "a", Optional.empty(), Precision.FP32, DuplicateImages.LEAVE_OUT);
    assertThat(group(without, run(40, 1, 1, "a")))
        .extracting(configuration -> configuration.spec().get(TrainExperiment.DUPLICATES))
        .containsExactly(DuplicateImages.KEEP, DuplicateImages.LEAVE_OUT);
  }

  @Test
  void fewerTrainingImagesAreAnotherConfigurationAndAnotherSetting() {
    MeasuredRun all = run(40, 1, 1, "a");
    MeasuredRun few =
        new MeasuredRun(
            SimulatedRuns.with(all.spec(), "trainImages", 10),
            all.row(),
            all.accuracies(),
            RunCode.only(Optional.empty()));
    List<Configuration> groups = group(few, all);
    assertThat(groups)
        .extracting(configuration -> configuration.spec().find(TrainExperiment.TRAIN_IMAGES))
        .containsExactly(Optional.empty(), Optional.of(10));
    assertThat(Setting.group(groups)).hasSize(2);
    assertThat(Setting.group(groups))
        .extracting(
            group -> group.setting().settings().settings().find(TrainExperiment.TRAIN_IMAGES))
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of(10));
  }

  /** So accuracy against sparsity is a comparison of configurations. */
  @Test
  void sparseEvidenceIsAnotherConfigurationAndAnotherSetting() {
    MeasuredRun dense = run(40, 1, 1, "a");
    MeasuredRun sparse =
        new MeasuredRun(
            SimulatedRuns.with(dense.spec(), "sparsity", .5),
            dense.row(),
            dense.accuracies(),
            RunCode.only(Optional.empty()));
    List<Configuration> groups = group(sparse, dense);
    assertThat(groups)
        .extracting(configuration -> configuration.spec().get(ObjectiveParameters.SPARSITY))
        .containsExactly(0., .5);
    assertThat(Setting.group(groups)).hasSize(2);
  }

  @Test
  void runsOfAnotherLabAreNotAveragedWithOurs() {
    List<MeasuredRunRow> rows = new ArrayList<>();
    for (Optional<String> lab : List.of(Optional.<String>empty(), Optional.of("0123456789"))) {
      MeasuredRunRow row = run(40 + rows.size(), 1 + rows.size(), 1, "a").row();
      rows.add(
          new MeasuredRunRow(
              row.job(),
              row.spec(),
              row.code(),
              lab,
              Optional.empty(),
              Optional.empty(),
              row.splitFacts(),
              row.converged(),
              row.lastLoss(),
              row.lastAccuracy(),
              Optional.empty()));
    }
    List<Configuration> groups =
        Configuration.group(
            MeasuredRuns.coded(MeasuredRuns.of(rows, List.of()), Pooling.ACROSS_CODE),
            Published.read());
    assertThat(groups).hasSize(2);
    assertThat(Setting.group(groups)).hasSize(2);
    assertThat(groups.get(0).settings().phrases())
        .noneMatch(phrase -> phrase.startsWith("imported"));
    assertThat(groups.get(1).settings().phrases()).contains("imported from lab 01234567");
    assertThat(groups.get(1).settings().lab()).contains("0123456789");
  }

  @Test
  void fineTuningsAreApartByWhatTheirNetworksWereTrainedWith() {
    List<MeasuredRunRow> rows = new ArrayList<>();
    for (String start : List.of("a", "b", "imported")) {
      MeasuredRunRow row = run(40 + rows.size(), 1 + rows.size(), 1, "a").row();
      rows.add(
          new MeasuredRunRow(
              row.job(),
              row.spec(),
              Optional.of("b"),
              Optional.empty(),
              Optional.of(start.equals("a") ? "a" : "b"),
              Optional.of("0123456789").filter(lab -> start.equals("imported")),
              row.splitFacts(),
              row.converged(),
              row.lastLoss(),
              row.lastAccuracy(),
              Optional.empty()));
    }
    assertThat(
            Configuration.group(
                MeasuredRuns.coded(MeasuredRuns.of(rows, List.of()), Pooling.BY_CODE),
                Published.read()))
        .extracting(group -> List.copyOf(group.settings().phrases()))
        .satisfiesExactly(
            phrases -> assertThat(phrases).contains("code a, then b"),
            phrases -> assertThat(phrases).contains("code b"),
            phrases -> assertThat(phrases).contains("from a network of lab 01234567"));
  }

  private static List<Configuration> ofCode(Pooling pooling, String... codes) {
    List<MeasuredRunRow> rows = new ArrayList<>();
    for (String code : codes) {
      MeasuredRunRow row = run(40 + rows.size(), 1 + rows.size(), 1, "a").row();
      rows.add(
          new MeasuredRunRow(
              row.job(),
              row.spec(),
              Optional.of(code).filter(text -> !text.isEmpty()),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              row.splitFacts(),
              row.converged(),
              row.lastLoss(),
              row.lastAccuracy(),
              Optional.empty()));
    }
    return Configuration.group(
        MeasuredRuns.coded(MeasuredRuns.of(rows, List.of()), pooling), Published.read());
  }

  private static List<String> captions(List<Configuration> groups) {
    return groups.stream().map(group -> group.settings().phrases().getLast()).toList();
  }

  @Test
  void runsOfOtherCodeAreAnotherConfigurationAndSaySo() {
    List<Configuration> groups = ofCode(Pooling.BY_CODE, "1".repeat(64), "2".repeat(64), "");
    assertThat(groups).hasSize(3);
    assertThat(captions(groups)).containsExactly("code 11111111", "code 22222222", "unknown code");
    assertThat(groups)
        .extracting(group -> group.settings().code())
        .containsExactly(
            Optional.of("1".repeat(64)), Optional.of("2".repeat(64)), Optional.empty());
    assertThat(Setting.group(groups)).hasSize(3);
  }

  @Test
  void aRunThatOtherCodeResumedIsOfNeither() {
    String both = "1".repeat(64) + "," + "2".repeat(64);
    List<Configuration> groups = ofCode(Pooling.BY_CODE, "1".repeat(64), both);
    assertThat(captions(groups)).containsExactly("code 11111111", "code 11111111, then 22222222");
  }

  @Test
  void captionsDoNotNameTheCodeOfAllRuns() {
    for (Pooling pooling : Pooling.values()) {
      List<Configuration> groups = ofCode(pooling, "1".repeat(64), "1".repeat(64));
      assertThat(groups).hasSize(1);
      assertThat(groups.get(0).settings().phrases())
          .isEqualTo(RowSettings.of(groups.get(0).spec()).phrases());
      assertThat(groups.get(0).settings().code()).contains("1".repeat(64));
    }
  }

  @Test
  void runsOfOtherCodeArePooledIfAskedForAndSaySo() {
    List<Configuration> groups =
        ofCode(Pooling.ACROSS_CODE, "1".repeat(64), "2".repeat(64), "2".repeat(64));
    assertThat(groups).hasSize(1);
    assertThat(captions(groups)).containsExactly("2 versions of the code pooled");
    assertThat(groups.get(0).settings().code()).contains("1".repeat(64) + " " + "2".repeat(64));
  }

  /** Before runs of other code exist, too. */
  @Test
  void onlyAConfigurationOfOneCodeRequiresThatOfNewRuns() {
    String both = "1".repeat(64) + "," + "2".repeat(64);
    assertThat(ofCode(Pooling.BY_CODE, "1".repeat(64)).get(0).requiredCode())
        .contains("code 11111111");
    assertThat(ofCode(Pooling.BY_CODE, both).get(0).requiredCode())
        .contains("code 11111111, then 22222222");
    assertThat(ofCode(Pooling.ACROSS_CODE, "1".repeat(64)).get(0).requiredCode()).isEmpty();
    assertThat(ofCode(Pooling.ACROSS_CODE, "1".repeat(64), both).get(0).requiredCode()).isEmpty();
    assertThat(group(run(40, 1, 1, "a")).get(0).requiredCode()).contains("unknown code");
  }

  @Test
  void otherImagesUnderTheSameNameAreAnotherConfiguration() {
    assertThat(group(run(40, 1, 1, "a"), run(50, 2, 1, "b"))).hasSize(2);
  }

  @Test
  void anotherStartIsAnotherConfiguration() {
    List<Configuration> groups =
        group(
            run(40, 1, 1, "a", weights("imagenet", "x")),
            run(50, 2, 1, "a", weights("imagenet", "x")),
            run(60, 3, 1, "a", weights("imagenet", "y")),
            run(70, 4, 1, "a"));
    assertThat(groups.stream().map(Configuration::numbers))
        .containsExactly(List.of(70L), List.of(40L, 50L), List.of(60L));
    assertThat(groups.get(0).spec().regime()).isEqualTo("from scratch");
    assertThat(groups.get(1).spec().regime()).isEqualTo("pretrained");
  }

  /**
   * The repetitions of a study are pretrained with a seed each; other networks are pretrained by
   * other runs, too, but for as long.
   */
  @Test
  void runsPretrainedAlikeAreOneConfigurationAndThoseOfOtherNetworksOneSetting() {
    List<Configuration> groups =
        group(
            pretrained(run(40, 1, 1, "a"), 10, "bagnet9", "short"),
            pretrained(run(50, 2, 1, "a"), 11, "bagnet9", "short"),
            pretrained(run(60, 1, 1, "a"), 12, "bagnet33", "short"),
            pretrained(run(70, 1, 1, "a"), 13, "bagnet9", "long"));
    assertThat(groups.stream().map(Configuration::numbers))
        .containsExactlyInAnyOrder(List.of(40L, 50L), List.of(60L), List.of(70L));
    assertThat(groups)
        .extracting(configuration -> configuration.spec().regime())
        .containsExactlyInAnyOrder(
            "pretrained on fractals-60",
            "pretrained on fractals-60 by run 12",
            "pretrained on fractals-60 by run 13");
    List<Setting.Group> settings = Setting.group(groups);
    assertThat(settings).hasSize(2);
    RowSettings shared = settings.get(0).setting().settings();
    assertThat(shared.regime()).contains("pretrained on fractals-60");
    assertThat(shared.settings().covers(TrainExperiment.FROM_RUN)).isFalse();
    assertThat(settings.get(0).configurations()).hasSize(2);
  }

  /** One learning rate for all networks would favour those that it suits. */
  @Test
  void networksAreComparedEachWithItsBestRate() {
    MeasuredRun low = validated(run(40, 1, 1, "a"), "bagnet9", 1e-3, .5);
    MeasuredRun high = validated(run(50, 1, 1, "a"), "bagnet9", 1e-2, .6);
    MeasuredRun higher = validated(run(60, 1, 1, "a"), "bagnet9", 2e-2, .4);
    MeasuredRun other = validated(run(70, 1, 1, "a"), "bagnet33", 1e-3, .7);
    List<Setting.Group> settings = Setting.group(group(low, high, higher, other));
    assertThat(settings).hasSize(1);
    assertThat(settings.get(0).runs()).containsExactly(50L, 70L);
    assertThat(settings.get(0).covers(low)).isTrue();
    RowSettings shared = settings.get(0).setting().settings();
    assertThat(shared.phrases()).contains("a learning rate for each network");
    assertThat(shared.settings().covers(TrainExperiment.LEARNING_RATE)).isFalse();
    assertThat(
            Setting.group(group(low, other))
                .get(0)
                .setting()
                .settings()
                .settings()
                .find(TrainExperiment.LEARNING_RATE))
        .contains(1e-3);
  }

  /** A rate that was only tried does not replace the one that was repeated. */
  @Test
  void aRateWithMoreSeedsCountsBeforeABetterOne() {
    List<Setting.Group> settings =
        Setting.group(
            group(
                validated(run(40, 1, 1, "a"), "bagnet9", 1e-3, .5),
                validated(run(50, 3, 1, "a"), "bagnet9", 1e-3, .5),
                validated(run(60, 1, 1, "a"), "bagnet9", 2e-3, .9)));
    assertThat(settings.get(0).runs()).containsExactly(40L, 50L);
  }

  private static MeasuredRun validated(
      MeasuredRun run, String architecture, double rate, double accuracy) {
    return new MeasuredRun(
        run.spec()
            .with(TrainExperiment.ARCHITECTURE, architecture)
            .with(TrainExperiment.LEARNING_RATE, rate),
        run.row(),
        List.of(
            new ResultRow(
                run.job(), "accuracy", "accuracy", "validation", "{}", accuracy, Optional.of(300))),
        RunCode.only(Optional.empty()));
  }

  /** Each starting network is a draw of its own, whatever the seed of the fine-tuning. */
  @Test
  void eachStartingRunCountsOnceWithTheSameSeed() {
    Configuration configuration =
        group(
                pretrained(run(40, 1, 1, "a"), 10, "bagnet9", "short"),
                pretrained(run(50, 1, 1, "a"), 11, "bagnet9", "short"),
                pretrained(run(60, 1, 1, "a"), 12, "bagnet9", "short"),
                pretrained(run(70, 1, 1, "a"), 10, "bagnet9", "short"))
            .get(0);
    assertThat(configuration.numbers()).containsExactly(50L, 60L, 70L);
    assertThat(configuration.measured(MeasuredSet.TEST).orElseThrow().n()).isEqualTo(3);
    // They have one split: paired with another network they are one pair.
    assertThat(configuration.bySeed(Map.of(50L, "b", 60L, "c", 70L, "d")))
        .isEqualTo(Map.of(1L, "d"));
  }

  private static MeasuredRun pretrained(
      MeasuredRun run, long from, String architecture, String configuration) {
    return new MeasuredRun(
        run.spec()
            .with(TrainExperiment.ARCHITECTURE, architecture)
            .with(
                TrainExperiment.FROM_RUN,
                new StartingRun(from, "pretrained on fractals-60 by run " + from, configuration)),
        run.row(),
        run.accuracies(),
        RunCode.only(Optional.empty()));
  }

  private static Optional<StartingWeights> weights(String name, String checksum) {
    return Optional.of(new StartingWeights(name, checksum, "pretrained"));
  }

  /** The recipe of fine-tuned networks is the default only with their weights. */
  @Test
  void aSettingSaysTheSameAsItsRows() {
    MeasuredRun scratch = run(40, 1, 1, "a");
    MeasuredRun tuned =
        new MeasuredRun(
            SimulatedRuns.with(
                SimulatedRuns.with(
                    scratch.spec(), "weights", new StartingWeights("zoo", "c", "pretrained")),
                "recipe",
                Recipe.REPORT),
            scratch.row(),
            scratch.accuracies(),
            RunCode.only(Optional.empty()));
    for (MeasuredRun run : List.of(scratch, tuned)) {
      Setting setting = Setting.group(group(run)).get(0).setting();
      assertThat(setting.settings().phrases())
          .isEqualTo(RowSettings.of(run.spec()).phrases())
          .doesNotHaveDuplicates()
          .startsWith(
              run.spec().get(TrainExperiment.RECIPE).text() + " recipe", "64 px", "width 0.25");
      assertThat(setting.settings().settings().covers(TrainExperiment.WEIGHTS)).isFalse();
    }
  }

  /** Its parameter may be of a module that is missing: it would be averaged with others. */
  @Test
  void aTrainingThatThisVersionDoesNotKnowIsNoResult() {
    MeasuredRunRow known = SimulatedRuns.run(1, "bagnet9", 1, .5).row();
    MeasuredRunRow unknown =
        new MeasuredRunRow(
            2,
            known.spec().replace("\"kind\"", "\"labelNoise\":0.25,\"kind\""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            known.splitFacts(),
            known.converged(),
            known.lastLoss(),
            known.lastAccuracy(),
            Optional.empty());
    assertThat(
            MeasuredRuns.coded(
                MeasuredRuns.of(List.of(known, unknown), List.of()), Pooling.BY_CODE))
        .extracting(MeasuredRun::job)
        .containsExactly(1L);
  }
}
