package org.bagnetlab.experiment.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that is started from keeps its meaning where runs have other numbers. */
class StartingRunTests {

  private static final StartingRun CHAIN =
      new StartingRun(
          12, "pretrained on b by run 12, from pretrained on a by run 3", "0".repeat(64));

  @Test
  void hasTheNumbersOfWhereItIs() {
    assertThat(CHAIN.renumbered(Map.of(12L, 102L, 3L, 101L)))
        .isEqualTo(
            new StartingRun(
                102,
                "pretrained on b by run 102, from pretrained on a by run 101",
                "0".repeat(64)));
  }

  @Test
  void hasNoNumberOfARunThatIsNotThere() {
    assertThat(CHAIN.renumbered(Map.of(12L, 3L)))
        .isEqualTo(
            new StartingRun(3, "pretrained on b by run 3, from pretrained on a", "0".repeat(64)));
  }

  @Test
  void isOfTheSameConfigurationThere() {
    assertThat(CHAIN.renumbered(Map.of(12L, 1L)).ofAnyRun()).isEqualTo(CHAIN.ofAnyRun());
  }
}
