package org.bagnetlab.experiment.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes are compared by name. */
class OtherClassesTests {

  private static final List<String> CLASSES = List.of("Coast", "Forest", "Street");

  @Test
  void theOrderDoesNotMatter() {
    assertThat(
            OtherClasses.difference(
                CLASSES, "run 3", List.of("Street", "Coast", "Forest"), "other"))
        .isEmpty();
  }

  @Test
  void theFirstDifferenceIsNamed() {
    assertThat(OtherClasses.difference(CLASSES, "run 3", List.of("Coast", "Lake"), "other"))
        .contains("Data set other has other classes than run 3: it has no class 'Forest'.");
    assertThat(
            OtherClasses.difference(
                CLASSES, "run 3", List.of("Coast", "Forest", "Lake", "Street"), "other"))
        .contains("Data set other has other classes than run 3, which has no class 'Lake'.");
  }
}
