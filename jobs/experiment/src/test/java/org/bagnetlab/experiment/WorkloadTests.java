package org.bagnetlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs of jobs in forward passes, whose pixels are counted by hand. */
class WorkloadTests {

  private static Workload of(int field, int image) {
    return new Workload(0, 0, 10, 0, image, Optional.of(new Workload.Patches(field, 8)));
  }

  /** A heatmap's patches have their centres at every pixel, so images are padded by q - 1. */
  @ParameterizedTest
  @CsvSource({"33, 64, 2.25", "17, 64, 1.5625", "33, 224, 1.3061"})
  void heatmapsArePadded(int field, int image, double pass) {
    Workload workload = of(field, image);
    assertThat(workload.heatmap(8)).isCloseTo(pass, within(1e-4));
    assertThat(workload.heatmap(4)).isCloseTo(4 * pass, within(1e-3));
    // Two gradients of three passes each, and Grad-CAM.
    assertThat(SaliencyMethod.cost(workload)).isCloseTo(4 * pass + 7, within(1e-3));
    assertThat(
            new LocalisationExperiment()
                .cost(
                    new LocalisationExperiment().ofRun(1).with(Stride.FOR_MANY_IMAGES, 4),
                    workload))
        .isEqualTo(40);
  }

  @Test
  void otherNetworksHaveNoHeatmaps() {
    Workload workload = new Workload(0, 0, 10, 0, 64, Optional.empty());
    assertThat(workload.heatmap(8)).isZero();
    assertThat(SaliencyMethod.of(workload)).doesNotContain(SaliencyMethod.HEATMAP);
  }

  /** Four crops of 24 + q pixels in images of 64, one of 184 + q in images of 224. */
  @ParameterizedTest
  @CsvSource({"33, 64, 4.1729", "17, 64, 2.6416", "9, 64, 2.0635", "33, 224, 1.9385"})
  void evidenceIsComputedAtShiftedPoints(int field, int image, double passes) {
    assertThat(new EvidenceExperiment().cost(new EvidenceExperiment().ofRun(1), of(field, image)))
        .isCloseTo(10 * passes, within(1e-3));
  }

  /** In 64 pixels, 4 x 4 masks of 8 pixels fit with gaps of 8, and 2 x 2 of 16 with gaps of 32. */
  @Test
  void interactionsDependOnTheSizeOfARunsImages() {
    InteractionsExperiment experiment = new InteractionsExperiment();
    assertThat(
            experiment.cost(
                new InteractionsExperiment()
                    .ofRun(1)
                    .with(InteractionsExperiment.MOST_IMAGES, 10)
                    .with(InteractionsExperiment.PATCHES, WholeNumbers.of("8"))
                    .with(InteractionsExperiment.GAPS, WholeNumbers.of("8"))
                    .with(InteractionsExperiment.MASKS, 9),
                of(33, 64)))
        .isEqualTo(10 * (1 + 17));
    assertThat(
            experiment.cost(
                new InteractionsExperiment()
                    .ofRun(1)
                    .with(InteractionsExperiment.MOST_IMAGES, 10)
                    .with(InteractionsExperiment.PATCHES, WholeNumbers.of("16"))
                    .with(InteractionsExperiment.GAPS, WholeNumbers.of("32"))
                    .with(InteractionsExperiment.MASKS, 9),
                of(33, 64)))
        .isEqualTo(10 * (1 + 5));
  }
}
