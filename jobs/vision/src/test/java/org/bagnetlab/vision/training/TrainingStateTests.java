package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingStateTests {

  private static final TrainingState STATE =
      new TrainingState(3, 5, 1.25, 12.5, 40, 160, 7.5, List.of(0.1, 1 / 3.0));

  /** The names of format 1: states in this form wait in the data directories of many labs. */
  private static final Map<String, String> FACTS =
      Map.of(
          "training.epoch", "3",
          "training.batches", "5",
          "training.loss", "1.25",
          "training.correct", "40",
          "training.seen", "160",
          "training.seconds", "7.5",
          "training.accuracies", "0.1 0.3333333333333333");

  /** States of version 0.1.0 do not have it. */
  private static final String EVIDENCE = "training.evidence";

  @Test
  void isWrittenAndReadUnderTheNamesOfItsFormat() {
    Map<String, String> facts = new HashMap<>(FACTS);
    facts.put(EVIDENCE, "12.5");
    assertThat(STATE.facts()).isEqualTo(facts);
    assertThat(TrainingState.in(facts)).isEqualTo(STATE);
    assertThat(TrainingState.in(TrainingState.start().facts())).isEqualTo(TrainingState.start());
  }

  @Test
  void evidenceThatWasNotKeptIsUnknownUntilTheNextEpoch() {
    TrainingState state = TrainingState.in(FACTS);
    assertThat(state.evidence()).isNaN();
    assertThat(state.loss()).isEqualTo(1.25);
    assertThat(state.epochEnded(.5).evidence()).isZero();
    Map<String, String> begin = new HashMap<>(FACTS);
    begin.put("training.batches", "0");
    assertThat(TrainingState.in(begin).evidence()).isZero();
  }

  @Test
  void aFileThatLacksAnythingIsNoState() {
    for (String name : FACTS.keySet()) {
      Map<String, String> facts = new HashMap<>(FACTS);
      facts.remove(name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrainingState.in(facts))
          .withMessageContaining(name);
    }
  }

  @Test
  void ofEqualEpochsTheLatestIsTheBest() {
    assertThat(TrainingState.start().bestEpoch()).isZero();
    assertThat(TrainingState.start().improvedBy(0)).isTrue();
    TrainingState state = TrainingState.start().epochEnded(0.4).epochEnded(0.5).epochEnded(0.5);
    assertThat(state.bestEpoch()).isEqualTo(3);
    assertThat(state.epochEnded(0.4).bestEpoch()).isEqualTo(3);
    assertThat(state.improvedBy(0.5)).isTrue();
    assertThat(state.improvedBy(0.49)).isFalse();
    assertThat(state).isEqualTo(new TrainingState(4, 0, 0, 0, 0, 0, 0, List.of(0.4, 0.5, 0.5)));
  }
}
