package org.bagnetlab.server.results.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.KeptEpoch;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RunCode;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccuracyRowTests {

  private static Optional<Integer> chosenAmong(KeptEpoch keep) {
    MeasuredRun run = SimulatedRuns.run(1, "bagnet9", 1, .5);
    MeasuredRun kept =
        new MeasuredRun(
            run.spec().with(OptimisationParameters.KEEP, keep),
            run.row(),
            run.accuracies(),
            RunCode.only(Optional.empty()));
    return AccuracyRow.of(
            new Configuration(List.of(kept)), Published.read(), new Networks(Published.read()))
        .chosenAmong();
  }

  /** Only then is the validation accuracy the best of several. */
  @Test
  void theNumberOfEpochsIsSaidIfTheBestOneWasKept() {
    assertThat(chosenAmong(KeptEpoch.BEST)).contains(6);
    assertThat(chosenAmong(KeptEpoch.LAST)).isEmpty();
  }
}
