package org.bagnetlab.experiment.scramble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridsTests {

  @Test
  void areSortedAndEachIsThereOnce() {
    assertThat(Grids.of("8,2, 4,2").tilesASide()).containsExactly(2, 4, 8);
    assertThat(Grids.of("8,2, 4,2").text()).isEqualTo("2, 4, 8");
  }

  @Test
  void theUsualOnesAreThoseThatDivideTheImage() {
    assertThat(Grids.fitting(224).tilesASide()).containsExactly(2, 4, 7, 8, 14);
    assertThat(Grids.fitting(64).tilesASide()).containsExactly(2, 4, 8);
    assertThat(new Grids(List.of(2, 7)).notFitting(64)).contains(7);
    assertThat(new Grids(List.of(2, 8)).notFitting(64)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2,", "2 4", "0", "65", "four", "2;4", "-2", "99999999999"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Grids.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be whole numbers from 1 to 64");
  }
}
