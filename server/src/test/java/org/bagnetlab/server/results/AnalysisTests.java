package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
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
        List.of(resnet50, bagnet9),
        NETWORKS);
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
    Measured three = Measured.ofOther(List.of(1., 2., 3.), Metric.Unit.NONE, 0);
    assertThat(three.low().orElseThrow()).isCloseTo(-0.4841, within(1e-4));
    assertThat(three.high().orElseThrow()).isCloseTo(4.4841, within(1e-4));
    assertThat(three.interval()).contains(Interval.Method.SEEDS);
    Measured share = Measured.ofOther(List.of(.9, 1., 1.), Metric.Unit.SHARE, 0);
    assertThat(share.high()).hasValue(1.);
    assertThat(share.low().orElseThrow()).isBetween(.8, .9);
    Measured correlation = Measured.ofOther(List.of(-.9, -1., -1.), Metric.Unit.CORRELATION, 0);
    assertThat(correlation.low()).hasValue(-1.);
    assertThat(Measured.ofOther(List.of(1., 2.), Metric.Unit.NONE, 0).interval()).isEmpty();
    assertThat(Measured.ofOther(List.of(1.), Metric.Unit.NONE, 0).interval()).isEmpty();
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
