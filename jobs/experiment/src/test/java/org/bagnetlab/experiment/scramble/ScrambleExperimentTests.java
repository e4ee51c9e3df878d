package org.bagnetlab.experiment.scramble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;

class ScrambleExperimentTests {

  private final ScrambleExperiment experiment = new ScrambleExperiment();

  private final TrainSpec trained =
      TrainSpec.of("bagnet9", "controlled-15").with(TrainExperiment.IMAGE_SIZE, 64);

  private NetworkSpec with(String grids) {
    return experiment.ofRun(7).with(ScrambleExperiment.GRIDS, WholeNumbers.of(grids));
  }

  @Test
  void theUsualGridsAreThoseThatDivideTheImage() {
    NetworkSpec usual = experiment.ofRun(7);
    assertThat(ScrambleExperiment.grids(usual, 224).values()).containsExactly(2, 4, 7, 8, 14);
    assertThat(ScrambleExperiment.grids(usual, 64).values()).containsExactly(2, 4, 8);
    assertThat(ScrambleExperiment.grids(with("8, 4"), 64).values()).containsExactly(4, 8);
  }

  @Test
  void gridsMustDivideTheImage() {
    assertThatCode(() -> experiment.check(with("2, 8"), trained)).doesNotThrowAnyException();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> experiment.check(with("2, 7"), trained))
        .withMessage("A grid of 7 × 7 tiles does not divide the 64 pixels of the images.")
        .matches(refusal -> refusal.field().equals("grids"));
  }
}
