package org.bagnetlab.experiment.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlikeTests {

  @ParameterizedTest
  @CsvSource({
    "learningRat, learningRate",
    "LEARNINGRATE, learningRate",
    "epohcs, epochs",
    "sede, seed",
    "epochsss, epochs",
    "epochssss, ",
    "momentum, ",
    "x, ",
    "'', "
  })
  void aNameThatIsNearlyKnownIsFound(String name, @Nullable String meant) {
    assertThat(Alike.of(name, List.of("epochs", "learningRate", "seed", "width")).orElse(null))
        .isEqualTo(meant);
  }
}
