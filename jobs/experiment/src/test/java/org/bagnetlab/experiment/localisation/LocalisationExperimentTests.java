package org.bagnetlab.experiment.localisation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;

class LocalisationExperimentTests {

  private final LocalisationExperiment experiment = new LocalisationExperiment();

  private static TrainSpec trained(String dataset) {
    return TrainSpec.of("bagnet9", dataset);
  }

  private static NetworkSpec on(String dataset) {
    return new LocalisationExperiment().ofRun(7).with(NetworkParameters.DATASET, dataset);
  }

  @Test
  void theImagesOfTheRunAreTheGeneratedOnes() {
    assertThatCode(() -> experiment.check(experiment.ofRun(7), trained("controlled-15")))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> experiment.check(experiment.ofRun(7), trained("scene15")))
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
