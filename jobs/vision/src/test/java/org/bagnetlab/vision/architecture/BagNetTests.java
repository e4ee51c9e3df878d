package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ladder of receptive fields. */
class BagNetTests {

  static List<Blueprint> bagsOfLocalFeatures() {
    return Architectures.all().stream().filter(Blueprint::bagOfLocalFeatures).toList();
  }

  /** All that the rule makes, registered or not. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 9, 17, 33, 49, 65, 81, 97, 113, 129, 145, 153, 161, 169, 173, 177})
  void theFieldIsWhatTheNetworkIsCalledAfter(int patch) {
    Architecture architecture = new BagNet(patch).build(15, 0.25, 224);
    assertThat(ArchitectureDescription.of(architecture).receptiveField()).contains(patch);
    assertThat(architecture.localReceptiveField()).contains(patch);
  }

  @Test
  void thePublishedOnesHave3x3KernelsInTheFirstBlocks() {
    assertThat(new BagNet(9).design().spatialBlocks()).containsExactly(1, 1, 0, 0);
    assertThat(new BagNet(17).design().spatialBlocks()).containsExactly(1, 1, 1, 0);
    assertThat(new BagNet(33).design().spatialBlocks()).containsExactly(1, 1, 1, 1);
    assertThat(new BagNet(65).design().spatialBlocks()).containsExactly(1, 1, 1, 3);
    assertThat(new BagNet(129).design().spatialBlocks()).containsExactly(1, 1, 5, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 34, 64, 178})
  void thereIsNoneOfOtherFields(int patch) {
    assertThatThrownBy(() -> new BagNet(patch).build(15, 1, 224))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No BagNet has patches of " + patch + " pixels");
  }

  @ParameterizedTest
  @MethodSource("bagsOfLocalFeatures")
  void theSmallestImageIsOnePatch(Blueprint blueprint) {
    int patch = blueprint.localReceptiveField().orElseThrow();
    assertThatCode(() -> blueprint.build(15, 0.25, patch).shapes()).doesNotThrowAnyException();
    assertThatThrownBy(() -> blueprint.build(15, 0.25, patch - 1).shapes())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "An image of %d pixels is too small for %s: nothing is left at "
                .formatted(patch - 1, blueprint.name()));
  }
}
