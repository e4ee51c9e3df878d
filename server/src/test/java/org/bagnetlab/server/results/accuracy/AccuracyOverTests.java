package org.bagnetlab.server.results.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RunCode;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.table.Csv;
import org.bagnetlab.server.table.PlainText;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.junit.jupiter.api.Test;

/** Runs become curves, whose points differ in one setting alone. */
class AccuracyOverTests {

  private static final int IMAGES_OF_CLASS = 80;
  private static final int CLASSES = 15;

  private static MeasuredRun run(
      long job, String architecture, long seed, Optional<Integer> limit, double accuracy) {
    TrainSpec spec =
        SimulatedRuns.with(
            SimulatedRuns.run(job, architecture, seed, accuracy).spec(), "trainImages", limit);
    int learnt = CLASSES * Math.min(limit.orElse(IMAGES_OF_CLASS), IMAGES_OF_CLASS);
    return new MeasuredRun(
        spec,
        new MeasuredRunRow(
            job,
            Json.line(spec),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("{\"datasetChecksum\":\"a\",\"train\":\"%d\"}".formatted(learnt)),
            Optional.of(true),
            Optional.of(1.5),
            Optional.of(.5),
            Optional.empty()),
        List.of(
            new ResultRow(job, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(1200))),
        RunCode.only(Optional.empty()));
  }

  private static AccuracyOver curves(MeasuredRun... runs) {
    return curves(TrainExperiment.TRAIN_IMAGES, List.of(), runs);
  }

  private static AccuracyOver curves(
      Parameter<?> over, List<RunResultRow> sparseness, MeasuredRun... runs) {
    Published published = Published.read();
    return AccuracyOver.of(
        over,
        List.of(runs),
        FoundNumbers.of(sparseness),
        dataset -> new MeasuredOn(dataset, Optional.of(1.0 / CLASSES), false),
        published,
        new Networks(published));
  }

  private final MeasuredRun[] runs =
      Stream.of(
              run(1, "bagnet33", 1, Optional.of(40), .5),
              run(2, "bagnet33", 1, Optional.of(10), .3),
              run(3, "bagnet33", 2, Optional.of(10), .4),
              run(4, "bagnet33", 3, Optional.of(10), .35),
              run(5, "bagnet33", 1, Optional.empty(), .7),
              run(6, "resnet50", 1, Optional.of(10), .2))
          .toArray(MeasuredRun[]::new);

  @Test
  void aPointIsOverTheSeedsOfANumberOfImages() {
    AccuracyOver view = curves(runs);
    assertThat(view.datasets()).extracting(MeasuredOn::dataset).containsExactly("controlled-15");
    // ResNet-50 has learnt one number of images only.
    assertThat(view.curves()).hasSize(1);
    AccuracyOver.Curve curve = view.curves().get(0);
    assertThat(curve.network().architecture()).isEqualTo("bagnet33");
    assertThat(curve.network().settings().settings().covers(TrainExperiment.TRAIN_IMAGES))
        .isFalse();
    assertThat(curve.points())
        .extracting(AccuracyOver.Point::at)
        .containsExactly(150., 600., 1200.);
    assertThat(curve.points())
        .extracting(point -> point.value().map(JsonNode::intValue))
        .containsExactly(Optional.of(10), Optional.of(40), Optional.empty());
    AccuracyOver.Point few = curve.points().get(0);
    assertThat(few.runs()).containsExactly(2L, 3L, 4L);
    assertThat(few.test().mean()).isCloseTo(.35, within(1e-12));
    assertThat(few.test().low()).isPresent();
  }

  /** A limit that no class reaches changes nothing, so the same seed is the same run. */
  @Test
  void whoLearntTheSameImagesIsOnePoint() {
    AccuracyOver.Curve curve =
        curves(
                run(1, "bagnet33", 1, Optional.of(10), .3),
                run(2, "bagnet33", 1, Optional.empty(), .7),
                run(3, "bagnet33", 1, Optional.of(500), .7),
                run(4, "bagnet33", 2, Optional.of(80), .6))
            .curves()
            .get(0);
    assertThat(curve.points()).hasSize(2);
    AccuracyOver.Point all = curve.points().get(1);
    assertThat(all.runs()).containsExactly(3L, 4L);
    assertThat(all.test().values()).containsExactly(.7, .6);
  }

  @Test
  void otherSettingsAreOtherCurves() {
    MeasuredRun otherImages = run(9, "bagnet33", 1, Optional.of(20), .4);
    MeasuredRun moved =
        new MeasuredRun(
            otherImages.spec(),
            new MeasuredRunRow(
                9,
                otherImages.row().spec(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"datasetChecksum\":\"b\",\"train\":\"300\"}"),
                Optional.of(true),
                Optional.of(1.5),
                Optional.of(.5),
                Optional.empty()),
            otherImages.accuracies(),
            RunCode.only(Optional.empty()));
    assertThat(curves(run(1, "bagnet33", 1, Optional.of(10), .3), moved).curves()).isEmpty();
  }

  @Test
  void theTableHasARowForEachPoint() {
    String csv = Csv.of(AccuracyOverTable.of("over", TrainExperiment.TRAIN_IMAGES, curves(runs)));
    List<String> header = List.of(csv.lines().findFirst().orElse("").split(",", -1));
    assertThat(csv.lines().skip(1))
        .extracting(line -> line.split(",", -1)[header.indexOf("at")])
        .containsExactly("150", "600", "1200");
    assertThat(csv.lines().skip(1))
        .extracting(line -> line.split(",", -1)[header.indexOf("trainImages")])
        .containsExactly("10", "40", "all");
    assertThat(
            PlainText.of(AccuracyOverTable.of("over", TrainExperiment.TRAIN_IMAGES, curves(runs))))
        .contains(
            "Training images",
            "Chance on controlled-15: 6.7 %",
            "A smaller set is part of a larger one");
  }

  /** Any parameter with numbers can be the axis; the page offers those that have curves. */
  @Test
  void everyParameterThatIsANumberHasCurves() {
    MeasuredRun[] rates = {
      rate(1, 1, 4e-3, .6), rate(2, 2, 4e-3, .7), rate(3, 1, 1e-2, .5), rate(4, 2, 1e-2, .4)
    };
    AccuracyOver view = curves(TrainExperiment.LEARNING_RATE, List.of(), rates);
    assertThat(view.axis().label()).isEqualTo("Learning rate");
    assertThat(view.counts())
        .containsEntry("learningRate", 1)
        .containsEntry("trainImages", 0)
        .doesNotContainKeys("seed", "recipe", "heatmapStride");
    assertThat(view.curves()).hasSize(1);
    assertThat(view.curves().get(0).points())
        .extracting(AccuracyOver.Point::at)
        .containsExactly(4e-3, 1e-2);
    assertThat(view.curves().get(0).points().get(1).test().mean()).isCloseTo(.45, within(1e-12));
  }

  private static MeasuredRun rate(long job, long seed, double rate, double accuracy) {
    MeasuredRun run = run(job, "bagnet17", seed, Optional.empty(), accuracy);
    return new MeasuredRun(
        run.spec().with(TrainExperiment.LEARNING_RATE, rate),
        run.row(),
        run.accuracies(),
        RunCode.only(Optional.empty()));
  }

  private static MeasuredRun sparse(long job, long seed, double factor, double accuracy) {
    MeasuredRun run = run(job, "bagnet17", seed, Optional.empty(), accuracy);
    return new MeasuredRun(
        SimulatedRuns.with(run.spec(), "sparsity", factor),
        run.row(),
        run.accuracies(),
        RunCode.only(Optional.empty()));
  }

  private static RunResultRow sparseness(long run, double value) {
    return new RunResultRow(
        run,
        new ResultRow(
            run + 10, "evidence-sparseness", "sparseness", "test", "{}", value, Optional.of(1200)));
  }

  private static AccuracyOver overSparsity() {
    return curves(
        ObjectiveParameters.SPARSITY,
        List.of(sparseness(1, .4), sparseness(3, .6), sparseness(4, .8)),
        sparse(1, 1, 0, .7),
        sparse(2, 2, 0, .8),
        sparse(3, 1, .1, .6),
        sparse(4, 2, .1, .7),
        run(5, "resnet50", 1, Optional.empty(), .9),
        run(6, "bagnet17", 1, Optional.of(10), .3));
  }

  @Test
  void aCurveOverSparsityHasTheSparsenessOfTheEvidence() {
    List<AccuracyOver.Curve> curves = overSparsity().curves();
    assertThat(curves).hasSize(1);
    AccuracyOver.Curve curve = curves.get(0);
    assertThat(curve.network().settings().settings().covers(ObjectiveParameters.SPARSITY))
        .isFalse();
    assertThat(curve.points()).extracting(AccuracyOver.Point::at).containsExactly(0., .1);
    AccuracyOver.Point dense = curve.points().get(0);
    assertThat(dense.test().mean()).isCloseTo(.75, within(1e-12));
    // It was measured for one of the two runs.
    assertThat(dense.sparseness().orElseThrow().values()).containsExactly(.4);
    AccuracyOver.Point sparse = curve.points().get(1);
    assertThat(sparse.runs()).containsExactly(3L, 4L);
    assertThat(sparse.sparseness().orElseThrow().mean()).isCloseTo(.7, within(1e-12));
  }

  @Test
  void theTableOverSparsityHasBothNumbers() {
    String csv = Csv.of(AccuracyOverTable.of("over", ObjectiveParameters.SPARSITY, overSparsity()));
    List<String> header = List.of(csv.lines().findFirst().orElse("").split(",", -1));
    for (String column : List.of("at", "sparsity")) {
      assertThat(csv.lines().skip(1))
          .extracting(line -> Double.parseDouble(line.split(",", -1)[header.indexOf(column)]))
          .containsExactly(0., .1);
    }
    assertThat(csv.lines().skip(1))
        .extracting(line -> Double.parseDouble(line.split(",", -1)[header.indexOf("sparseness")]))
        .satisfiesExactly(
            dense -> assertThat(dense).isCloseTo(.4, within(1e-12)),
            sparse -> assertThat(sparse).isCloseTo(.7, within(1e-12)));
  }
}
