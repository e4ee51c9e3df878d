package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.table.Csv;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.Test;

/** Numbers of an experiment over seeds, by its description alone. */
class AnalysisTests {

  private static final Networks NETWORKS = new Networks(Published.read());
  private static final Experiment<?> SCRAMBLE =
      Experiments.find(ScrambleExperiment.NAME).orElseThrow();
  private static final Experiment<?> FAITHFULNESS = new FaithfulnessExperiment();
  private static final String AREA = FaithfulnessExperiment.AREA_OF_DELETION.name();

  private final Configuration bagnet9 = SimulatedRuns.configuration("bagnet9", 3, .4);
  private final Configuration resnet50 = SimulatedRuns.configuration("resnet50", 1, .9);

  private static FoundResultRow row(
      Configuration group, int run, String output, long job, int grid, double value) {
    return new FoundResultRow(
        new ResultRow(
            job,
            output,
            output,
            "scrambled",
            "{\"grid\":%d,\"scrambleSeed\":1}".formatted(grid),
            value,
            Optional.of(1200)),
        ScrambleExperiment.NAME,
        group.numbers().get(run),
        Optional.empty());
  }

  private Analysis analysis(FoundResultRow... found) {
    return Analysis.of(
        SCRAMBLE,
        "controlled-15",
        List.of("controlled-15"),
        List.of(found),
        Map.of(),
        List.of(resnet50, bagnet9),
        NETWORKS);
  }

  /** Two runs whose numbers other code measured. */
  private Analysis measuredByOtherCode(Pooling pooling) {
    String output = ScrambleExperiment.ACCURACY.name();
    String spec =
        Json.line(Experiments.canonical(new ScrambleExperiment().ofRun(bagnet9.numbers().get(0))));
    return Analysis.of(
        SCRAMBLE,
        "controlled-15",
        List.of("controlled-15"),
        List.of(row(bagnet9, 0, output, 7, 2, .1), row(bagnet9, 1, output, 8, 2, .4)),
        Analysis.jobs(
            Analysis.settings(SCRAMBLE, Map.of(7L, spec, 8L, spec), new SmallCatalogue()),
            Map.of(8L, "0123456789"),
            pooling),
        List.of(bagnet9),
        NETWORKS);
  }

  @Test
  void numbersThatOtherCodeMeasuredAreApart() {
    Analysis.FoundOutput apart = measuredByOtherCode(Pooling.BY_CODE).outputs().get(0);
    assertThat(apart.parameters()).extracting(Axis::name).containsExactly("measuredBy");
    assertThat(apart.rows())
        .extracting(row -> String.valueOf(row.at().get("measuredBy")))
        .containsExactly("\"code 01234567\"", "\"unknown code\"");
    Analysis.FoundOutput pooled = measuredByOtherCode(Pooling.ACROSS_CODE).outputs().get(0);
    assertThat(pooled.parameters()).isEmpty();
    assertThat(pooled.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.value().values()).containsExactly(.1, .4));
  }

  /** The areas that jobs with these tiles found of a network's first run, numbered from 1. */
  private Analysis areas(List<NetworkSpec> jobs) {
    Map<Long, String> specs = new TreeMap<>();
    List<FoundResultRow> found = new ArrayList<>();
    for (NetworkSpec spec : jobs) {
      long job = specs.size() + 1L;
      specs.put(job, Json.line(Experiments.canonical(spec)));
      found.add(
          new FoundResultRow(
              new ResultRow(
                  job,
                  AREA,
                  AREA,
                  "test",
                  "{\"saliency\":\"random\"}",
                  job / 10.0,
                  Optional.of(100)),
              FAITHFULNESS.name(),
              bagnet9.numbers().get(0),
              Optional.empty()));
    }
    return Analysis.of(
        FAITHFULNESS,
        "controlled-15",
        List.of("controlled-15"),
        found,
        Analysis.jobs(
            Analysis.settings(FAITHFULNESS, specs, new SmallCatalogue()),
            Map.of(),
            Pooling.BY_CODE),
        List.of(bagnet9),
        NETWORKS);
  }

  private NetworkSpec tiles(int side, int steps) {
    return new FaithfulnessExperiment()
        .ofRun(bagnet9.numbers().get(0))
        .with(MaskedImages.TILE, side)
        .with(FaithfulnessExperiment.STEPS, steps);
  }

  @Test
  void numbersOfJobsThatDifferInAParameterAreApart() {
    Analysis analysis = areas(List.of(tiles(16, 16), tiles(8, 16), tiles(16, 16)));
    Analysis.FoundOutput areas = analysis.outputs().get(0);
    assertThat(areas.parameters())
        .containsExactly(new Axis("tile", "Side of a tile", Optional.of("px")));
    assertThat(areas.rows())
        .extracting(row -> "%s %s".formatted(row.at().get("tile"), row.value().values()))
        // The third job is the first one again, and replaces it.
        .containsExactly("8 [0.2]", "16 [0.3]");
    assertThat(
            Csv.of(
                AnalysisTable.of(
                    "areas", FAITHFULNESS, FaithfulnessExperiment.AREA_OF_DELETION, analysis)))
        .contains("set,saliency,tile,dataset")
        .contains("test,random,8,controlled-15", "test,random,16,controlled-15");
  }

  @Test
  void parametersThatAllJobsHaveByDefaultAreNotNamed() {
    Analysis.FoundOutput areas = areas(List.of(tiles(8, 16), tiles(8, 16))).outputs().get(0);
    assertThat(areas.parameters()).isEmpty();
    assertThat(areas.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.at()).containsOnlyKeys("saliency");
              assertThat(row.value().values()).containsExactly(.2);
            });
  }

  @Test
  void aParameterThatAllJobsChangedIsNamed() {
    Analysis.FoundOutput areas = areas(List.of(tiles(8, 4))).outputs().get(0);
    assertThat(areas.parameters()).extracting(Axis::name).containsExactly("steps");
    assertThat(areas.rows().get(0).at()).containsOnlyKeys("saliency", "steps");
  }

  /** Grids are positions on an axis, and the first seed of permutations is one, too. */
  @Test
  void positionsThatWereMeasuredAreNoParametersOfANumber() {
    long run = bagnet9.numbers().get(0);
    String output = ScrambleExperiment.ACCURACY.name();
    Map<Long, String> specs =
        Map.of(
            7L, Json.line(Experiments.canonical(scrambling(run, "2, 14", 1))),
            8L, Json.line(Experiments.canonical(scrambling(run, "2", 5))));
    Analysis analysis =
        Analysis.of(
            SCRAMBLE,
            "controlled-15",
            List.of("controlled-15"),
            List.of(row(bagnet9, 0, output, 7, 2, .1), row(bagnet9, 0, output, 8, 2, .4)),
            Analysis.jobs(
                Analysis.settings(SCRAMBLE, specs, new SmallCatalogue()),
                Map.of(),
                Pooling.BY_CODE),
            List.of(bagnet9),
            NETWORKS);
    assertThat(analysis.outputs().get(0).parameters()).isEmpty();
    assertThat(analysis.outputs().get(0).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.value().values()).containsExactly(.4));
  }

  private static NetworkSpec scrambling(long run, String grids, long seed) {
    return new ScrambleExperiment()
        .ofRun(run)
        .with(ScrambleExperiment.GRIDS, WholeNumbers.of(grids))
        .with(ScrambleExperiment.SCRAMBLE_SEED, seed);
  }

  /** A share of images of a run; 0 images: their number was not stored. */
  private record Share(int run, double value, int images) {}

  private static Share share(int run, double value, int images) {
    return new Share(run, value, images);
  }

  /** What is said of an output of a run and its seeds. */
  private Measured measured(Output output, Share... shares) {
    Experiment<?> experiment =
        Experiments.all().stream()
            .filter(each -> each.outputs().contains(output))
            .findFirst()
            .orElseThrow();
    List<FoundResultRow> rows =
        Stream.of(shares)
            .map(
                share ->
                    new FoundResultRow(
                        new ResultRow(
                            7 + share.run(),
                            output.name(),
                            output.metric().name(),
                            "test",
                            "{}",
                            share.value(),
                            Optional.of(share.images()).filter(images -> images > 0)),
                        experiment.name(),
                        bagnet9.numbers().get(share.run()),
                        Optional.empty()))
            .toList();
    return Analysis.of(
            experiment,
            "controlled-15",
            List.of("controlled-15"),
            rows,
            Map.of(),
            List.of(bagnet9),
            NETWORKS)
        .outputs()
        .get(0)
        .rows()
        .get(0)
        .value();
  }

  @Test
  void numbersAreJoinedOverSeedsAtTheSamePosition() {
    String output = ScrambleExperiment.ACCURACY.name();
    Analysis analysis =
        analysis(
            row(bagnet9, 0, output, 7, 14, .1),
            row(bagnet9, 0, output, 7, 2, .4),
            row(bagnet9, 1, output, 8, 2, .5),
            row(bagnet9, 2, output, 9, 2, .9),
            // Found again: only the later one counts.
            row(bagnet9, 2, output, 10, 2, .6),
            row(resnet50, 0, output, 11, 2, .8),
            row(resnet50, 0, output, 11, 4, Double.NaN));
    assertThat(analysis.outputs()).hasSize(1);
    List<Analysis.Row> rows = analysis.outputs().get(0).rows();
    assertThat(rows)
        .extracting(row -> row.network().architecture() + " " + row.at().get("grid"))
        .containsExactly("resnet50 2", "bagnet9 2", "bagnet9 14");
    Measured two = rows.get(1).value();
    assertThat(two.values()).containsExactly(.4, .5, .6);
    assertThat(two.mean()).isCloseTo(.5, within(1e-12));
    assertThat(two.interval()).contains(Interval.Method.SEEDS_AND_IMAGES);
    assertThat(rows.get(1).runs()).isEqualTo(bagnet9.numbers());
    assertThat(rows.get(0).value().interval()).contains(Interval.Method.WILSON);
  }

  /**
   * SciPy 1.14: stats.t.interval(.95, 2, loc=2, scale=stats.sem([1, 2, 3])) = (-0.4841, 4.4841).
   */
  @Test
  void numbersThatAreNoSharesOfImagesHaveStudentsInterval() {
    Measured three = Measured.ofOther(List.of(1., 2., 3.), Metric.Unit.NONE, List.of(0, 0, 0));
    assertThat(three.low().orElseThrow()).isCloseTo(-0.4841, within(1e-4));
    assertThat(three.high().orElseThrow()).isCloseTo(4.4841, within(1e-4));
    assertThat(three.interval()).contains(Interval.Method.SEEDS);
    Measured share = Measured.ofOther(List.of(.9, 1., 1.), Metric.Unit.SHARE, List.of(0, 0, 0));
    assertThat(share.high()).hasValue(1.);
    assertThat(share.low().orElseThrow()).isBetween(.8, .9);
    Measured correlation =
        Measured.ofOther(List.of(-.9, -1., -1.), Metric.Unit.CORRELATION, List.of(0, 0, 0));
    assertThat(correlation.low()).hasValue(-1.);
    assertThat(Measured.ofOther(List.of(1., 2.), Metric.Unit.NONE, List.of(0, 0)).interval())
        .isEmpty();
    assertThat(Measured.ofOther(List.of(1.), Metric.Unit.NONE, List.of(0)).interval()).isEmpty();
  }

  /** Certified accuracy is one as accuracy is, and one run has an interval. */
  @Test
  void everyShareOfImagesHasAnIntervalOverItsImages() {
    Measured certified = measured(PatchRobustnessExperiment.CERTIFIED, share(0, .5, 300));
    assertThat(certified.interval()).contains(Interval.Method.WILSON);
    assertThat(certified.low()).hasValue(Interval.wilson(150, 300).low());
  }

  /** Each run has its own number of decisions by either cue. */
  @Test
  void seedsHaveTheirOwnNumbersOfImages() {
    Measured bias =
        measured(
            CueConflictExperiment.SHAPE_BIAS,
            share(0, .4, 500),
            share(1, .5, 60),
            share(2, .6, 200));
    assertThat(bias.interval()).contains(Interval.Method.SEEDS_AND_IMAGES);
    Interval expected = Interval.overSeedsAndImages(List.of(.4, .5, .6), List.of(500, 60, 200));
    assertThat(bias.low()).hasValue(expected.low());
    assertThat(bias.high()).hasValue(expected.high());
    assertThat(bias.images()).isEqualTo(60);
    Measured unknown =
        measured(
            CueConflictExperiment.SHAPE_BIAS,
            share(0, .4, 500),
            share(1, .5, 0),
            share(2, .6, 200));
    assertThat(unknown.interval()).contains(Interval.Method.SEEDS);
  }

  @Test
  void aTableHasAColumnForEachAxis() {
    Analysis analysis = analysis(row(bagnet9, 0, ScrambleExperiment.ACCURACY.name(), 7, 14, .1));
    assertThat(
            Csv.of(AnalysisTable.of("scramble", SCRAMBLE, ScrambleExperiment.ACCURACY, analysis)))
        .contains("receptiveField,set,grid,scrambleSeed,dataset")
        .contains("BagNet-9,9,scrambled,14,1,controlled-15");
  }
}
