package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.junit.jupiter.api.Test;

/** What statistics find in the predictions of runs, over seeds. */
class ScoresTests {

  private static Findings.Value value(String output, MeasuredSet set, double value) {
    return new Findings.Value(output, "", set, Map.of(), value, 100);
  }

  @Test
  void eachNumberOfAStatisticIsJoinedOverTheSeedsThatHaveIt() {
    Configuration bagnet = SimulatedRuns.configuration("bagnet9", 3, .4);
    Configuration resnet = SimulatedRuns.configuration("resnet50", 1, .8);
    Setting.Group group = Setting.group(List.of(resnet, bagnet)).get(0);
    Map<Long, List<Findings.Value>> found = new HashMap<>();
    double[] confidences = {.4, .5, .45};
    for (int i = 0; i < 3; i++) {
      found.put(
          bagnet.numbers().get(i),
          List.of(
              value("mean-confidence", MeasuredSet.TEST, confidences[i]),
              value("macro-precision", MeasuredSet.TEST, .3),
              value("macro-precision", MeasuredSet.SCRAMBLED, .1)));
    }
    // The other network's run stored no predictions.
    List<Scores.Score> scores = Scores.of(group, found, new Networks(Published.read()));
    assertThat(scores)
        .extracting(Scores.Score::architecture, Scores.Score::output, Scores.Score::set)
        .containsExactlyInAnyOrder(
            tuple("bagnet9", "mean-confidence", MeasuredSet.TEST),
            tuple("bagnet9", "macro-precision", MeasuredSet.TEST),
            tuple("bagnet9", "macro-precision", MeasuredSet.SCRAMBLED));
    Measured confidence =
        scores.stream()
            .filter(score -> score.output().equals("mean-confidence"))
            .findFirst()
            .orElseThrow()
            .value();
    assertThat(confidence.mean()).isCloseTo(.45, within(1e-12));
    assertThat(confidence.values()).containsExactly(.4, .5, .45);
    // Student's quantile of two degrees of freedom, 4.3027, and sd .05.
    assertThat(confidence.low().orElseThrow())
        .isCloseTo(.45 - 4.3027 * .05 / Math.sqrt(3), within(1e-4));
    assertThat(confidence.caution()).isPresent();
  }
}
