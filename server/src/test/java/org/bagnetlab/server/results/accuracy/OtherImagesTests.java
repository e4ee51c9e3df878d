package org.bagnetlab.server.results.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.Test;

class OtherImagesTests {

  private static final String NETWORK =
      Json.line(
          Experiments.canonical(
              new EvaluateExperiment()
                  .ofWeights(
                      new ImportedNetwork("zoo", "e3b0", "pretrained", "bagnet9", 1), "hidden")));

  private static FoundResultRow row(
      long job, String experiment, String output, String set, String axes, double value) {
    return new FoundResultRow(
        new ResultRow(
            job,
            output,
            "accuracy",
            set,
            "{\"dataset\":\"hidden\",\"images\":\"all\"%s}".formatted(axes),
            value,
            Optional.of(1000)),
        experiment,
        job,
        Optional.of(NETWORK));
  }

  private static FoundResultRow scrambled(int grid, int seed, double value) {
    return row(
        7,
        "scramble",
        "other-accuracy-by-grid",
        "scrambled",
        ",\"grid\":%d,\"scrambleSeed\":%d".formatted(grid, seed),
        value);
  }

  /** Permutations are no seeds: of their mean, the interval is that over the images. */
  @Test
  void aJobIsARowWithItsGridsFromCoarseToFine() {
    List<OtherImages> rows =
        OtherImages.of(
            List.of(
                row(8, "evaluate", "other-accuracy", "test", "", .8),
                row(8, "evaluate", "other-accuracy", "scrambled", ",\"scrambleSeed\":1", .7),
                row(7, "scramble", "other-whole-accuracy", "test", "", .9),
                scrambled(14, 1, .2),
                scrambled(2, 1, .5),
                scrambled(2, 2, .6),
                scrambled(2, 3, .7)),
            new Networks(Published.read()));
    assertThat(rows).extracting(OtherImages::job).containsExactly(7L, 8L);
    OtherImages grids = rows.get(0);
    assertThat(grids.dataset()).isEqualTo("hidden");
    assertThat(grids.run()).isEmpty();
    assertThat(grids.test().orElseThrow().mean()).isEqualTo(.9);
    assertThat(grids.scrambled()).isEmpty();
    assertThat(grids.byGrid()).extracting(OtherImages.ByGrid::grid).containsExactly(2, 14);
    Measured coarse = grids.byGrid().get(0).accuracy();
    assertThat(coarse.mean()).isCloseTo(.6, within(1e-12));
    assertThat(coarse.n()).isEqualTo(1);
    // Python: the formula of Wilson (1927) of 600 in 1000, z = 1.959964.
    assertThat(coarse.low().orElseThrow()).isCloseTo(.5693, within(1e-4));
    assertThat(coarse.high().orElseThrow()).isCloseTo(.6299, within(1e-4));
    OtherImages evaluated = rows.get(1);
    assertThat(evaluated.test().orElseThrow().mean()).isEqualTo(.8);
    assertThat(evaluated.scrambled().orElseThrow().mean()).isEqualTo(.7);
    assertThat(evaluated.byGrid()).isEmpty();
  }
}
