package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.vision.randomisation.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every network can be cut before its last stages, and the parts have all that it has. */
@Timeout(60)
class SplitArchitectureTests {

  private static SplitArchitecture beforeLast(int stages, Architecture whole) {
    List<Stage> all = Stage.of(whole);
    return SplitArchitecture.of(
        whole,
        all.subList(all.size() - stages, all.size()).stream()
            .flatMap(stage -> stage.tensors().stream())
            .collect(Collectors.toSet()));
  }

  @Test
  void everyNetworkIsCutBeforeItsLastStages() {
    for (Blueprint blueprint : Architectures.all()) {
      Architecture whole = blueprint.build(5, 0.1, 224);
      for (int stages = 1; stages <= 3; stages++) {
        SplitArchitecture split = beforeLast(stages, whole);
        assertThat(split.isClassifierAlone()).isEqualTo(stages == 1);
        List<Tensor> parts = new ArrayList<>(split.features().tensors());
        int ofTheIdentity = 2;
        parts.subList(parts.size() - ofTheIdentity, parts.size()).clear();
        parts.addAll(split.rest().tensors());
        assertThat(parts).as(whole.name()).isEqualTo(whole.tensors());
        assertThat(split.features().lastMap()).isEqualTo(split.map());
        assertThat(split.rest().lastMap()).isEqualTo(whole.lastMap());
      }
    }
  }

  @Test
  void partsThatReadEachOtherAreNotCut() {
    Architecture whole = Architectures.named("resnet50").build(5, 0.1, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitArchitecture.of(whole, Set.of("layer1.0.conv1.weight")))
        .withMessageContaining("resnet50");
  }
}
