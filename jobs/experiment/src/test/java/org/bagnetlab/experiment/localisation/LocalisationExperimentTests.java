package org.bagnetlab.experiment.localisation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;

class LocalisationExperimentTests {

  private final LocalisationExperiment experiment = new LocalisationExperiment();

  private static TrainSpec trained(String dataset) {
    return TrainSpec.of("bagnet9", dataset);
  }

  private static LocalisationSpec on(String dataset) {
    return new LocalisationSpec(
        new NetworkImages(
            Optional.of(7L),
            Optional.empty(),
            Optional.of(dataset),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1),
        8);
  }

  @Test
  void theImagesOfTheRunAreTheGeneratedOnes() {
    assertThatCode(
            () ->
                experiment.check(
                    new LocalisationSpec(NetworkImages.ofRun(7), 8), trained("controlled-15")))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(
            () ->
                experiment.check(
                    new LocalisationSpec(NetworkImages.ofRun(7), 8), trained("scene15")))
        .withMessageEndingWith("those of controlled-15, not scene15.")
        .matches(refusal -> refusal.field().equals("dataset"));
  }

  /** A network that learnt a copy of them can be measured on them. */
  @Test
  void aRunOnOtherImagesOfTheSameClassesGetsThem() {
    assertThatCode(() -> experiment.check(on("controlled-15"), trained("copy")))
        .doesNotThrowAnyException();
  }
}
