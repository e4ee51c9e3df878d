package org.bagnetlab.queue.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlatRuleTests {

  private static final FlatRule RULE = new FlatRule(3, RuleAction.STOP);

  /** The natural logarithm of 15 is 2.70805. */
  private static boolean isFlat(Double... losses) {
    return RULE.isFlat(List.of(losses), 15);
  }

  @Test
  void guessingThatDoesNotChangeIsFlat() {
    assertThat(isFlat(2.709, 2.708, 2.7081)).isTrue();
    assertThat(isFlat(3.9, 2.709, 2.708, 2.7081)).isTrue();
    assertThat(isFlat(2.66, 2.66, 2.66)).isTrue(); // frequent classes are guessed more often
    assertThat(isFlat(4.0, 4.01, 4.02)).isTrue(); // worse than guessing
  }

  @Test
  void trainingsThatHaveLearnedSomethingAreNotFlat() {
    assertThat(isFlat(2.6, 2.6, 2.6)).isFalse();
    assertThat(isFlat(0.0, 0.0, 0.0)).isFalse();
    assertThat(isFlat(2.709, 2.709, 2.65)).isFalse();
  }

  @Test
  void lossesThatFallAreNotFlat() {
    assertThat(isFlat(2.75, 2.73, 2.71)).isFalse();
    assertThat(isFlat(5.0, 4.0, 3.0)).isFalse();
  }

  @Test
  void itTakesAllEpochs() {
    assertThat(isFlat(2.708, 2.708)).isFalse();
    assertThat(isFlat()).isFalse();
  }
}
