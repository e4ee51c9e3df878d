package org.bagnetlab.server.results.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;
import org.junit.jupiter.api.Test;

class ScramblingCurveTests {

  private static final Networks NETWORKS = new Networks(Published.read());
  private final Configuration group = SimulatedRuns.configuration("bagnet9", 2, .4);

  private RunResultRow row(int run, String output, String set, String axes, double value) {
    long number = group.numbers().get(run);
    return new RunResultRow(
        number, new ResultRow(9, output, output, set, axes, value, Optional.of(1200)));
  }

  private RunResultRow accuracy(int run, int grid, int seed, double value) {
    return row(
        run,
        "accuracy-by-grid",
        "scrambled",
        "{\"grid\":%d,\"scrambleSeed\":%d}".formatted(grid, seed),
        value);
  }

  @Test
  void aPointIsTheMeanOverRunsOfEachRunsPermutations() {
    ScramblingCurve.Found found =
        new ScramblingCurve.Found(
            FoundNumbers.of(
                List.of(
                    accuracy(0, 8, 1, .1),
                    accuracy(0, 4, 1, .2),
                    accuracy(0, 4, 2, .3),
                    // Measured again: it counts once.
                    accuracy(0, 4, 2, .3),
                    accuracy(1, 4, 1, .35))),
            FoundNumbers.of(List.of(accuracy(0, 4, 1, .5), accuracy(1, 4, 1, .7))),
            FoundNumbers.of(
                List.of(
                    row(0, "recall-by-grid", "scrambled", "{\"grid\":4,\"class\":\"near-1\"}", .5),
                    row(1, "recall-by-grid", "scrambled", "{\"grid\":4,\"class\":\"near-1\"}", .7),
                    row(0, "recall-by-grid", "test", "{\"class\":\"near-1\"}", .9))));
    ScramblingCurve curve = ScramblingCurve.of(group, found, NETWORKS).orElseThrow();
    assertThat(curve.points()).extracting(ScramblingCurve.Point::grid).containsExactly(4, 8);
    ScramblingCurve.Point four = curve.points().get(0);
    assertThat(four.tile()).isEqualTo(16);
    assertThat(four.accuracy().values()).containsExactly(.25, .35);
    assertThat(four.accuracy().mean()).isCloseTo(.3, within(1e-12));
    assertThat(four.accuracy().low()).isEmpty();
    assertThat(four.agreement()).isCloseTo(.6, within(1e-12));
    assertThat(four.permutations()).isEqualTo(3);
    // Patches of 9 pixels, every 8: 4 of 7 lie within tiles of 16, in each direction.
    assertThat(four.withinTile().orElseThrow()).isCloseTo(16 / 49.0, within(1e-12));
    assertThat(curve.whole().orElseThrow().mean()).isEqualTo(.4);
    ScramblingCurve.ClassRecalls recalls = curve.classes().get(0);
    assertThat(recalls.whole()).contains(.9);
    assertThat(recalls.byGrid().get(4)).isCloseTo(.6, within(1e-12));
  }

  @Test
  void aConfigurationThatWasNotMeasuredSoHasNone() {
    FoundNumbers none = FoundNumbers.of(List.of());
    assertThat(ScramblingCurve.of(group, new ScramblingCurve.Found(none, none, none), NETWORKS))
        .isEmpty();
  }
}
