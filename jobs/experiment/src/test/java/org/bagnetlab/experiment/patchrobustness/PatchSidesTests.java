package org.bagnetlab.experiment.patchrobustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchSidesTests {

  @Test
  void areSortedAndEachIsThereOnce() {
    assertThat(PatchSides.of("16,4, 8 ,4").pixels()).containsExactly(4, 8, 16);
    assertThat(PatchSides.of(PatchSides.of("16,4").text())).isEqualTo(PatchSides.of("4,16"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "4,", "-4", "4.5", "513", "4 8", "x"})
  void otherTextsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PatchSides.of(text));
  }

  @Test
  void aPatchIsNotLargerThanTheImagesOfTheRun() {
    PatchRobustnessExperiment experiment = new PatchRobustnessExperiment();
    TrainSpec trained =
        new TrainSpec(
            "bagnet9", "scene15", 64, .25, Recipe.QUICK, 6, 16, 4e-3, 1, 1, Optional.empty());
    experiment.check(new PatchRobustnessSpec(7, PatchSides.of("64")), trained);
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(
            () -> experiment.check(new PatchRobustnessSpec(7, PatchSides.of("8, 65")), trained))
        .withMessage("A patch of 65 x 65 pixels is larger than the images, which have 64 x 64.");
  }
}
