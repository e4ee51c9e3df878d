package org.bagnetlab.vision.randomisation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Family;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages of every network, and which of them get new weights. */
@Timeout(60)
class CascadingRandomisationTests {

  private static final Architecture BAGNET = Architectures.named("bagnet9").build(3, .03, 64);

  static Stream<Architecture> all() {
    return Architectures.all().stream().map((Blueprint each) -> each.build(2, .03, 224));
  }

  /** In the checkpoint's order, so that each stage is the input of the next. */
  @ParameterizedTest
  @MethodSource("all")
  void everyTensorIsInOneStage(Architecture architecture) {
    List<Stage> stages = Stage.of(architecture);
    assertThat(stages)
        .extracting(Stage::name)
        .containsExactlyElementsOf(
            Architectures.named(architecture.name()).family() == Family.VGG
                ? List.of(
                    "stage 1", "stage 2", "stage 3", "stage 4", "stage 5", "stage 6", "readout")
                : List.of("stem", "stage 1", "stage 2", "stage 3", "stage 4", "readout"));
    assertThat(stages.stream().flatMap(stage -> stage.tensors().stream()))
        .containsExactlyElementsOf(architecture.tensors().stream().map(Tensor::name).toList());
    assertThat(stages.getLast().tensors()).hasSize(2);
  }

  private static Map<String, float[]> trained() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    InitialWeights.of(BAGNET, 1)
        .forEach(
            (name, values) -> {
              float[] other = values.clone();
              for (int i = 0; i < other.length; i++) {
                other[i] += 1;
              }
              weights.put(name, other);
            });
    return weights;
  }

  @Test
  void stagesGetNewWeightsFromTheOutputOn() {
    Map<String, float[]> trained = trained();
    CascadingRandomisation randomisation = new CascadingRandomisation(BAGNET, trained, 7);
    for (int randomised = 0; randomised <= 6; randomised++) {
      Map<String, float[]> weights = randomisation.weights(randomised);
      BAGNET.requireWeights(weights);
      for (int stage = 0; stage < 6; stage++) {
        for (String tensor : randomisation.stages().get(stage).tensors()) {
          assertThat(Arrays.equals(weights.get(tensor), trained.get(tensor)))
              .as("%s with %d randomised stages", tensor, randomised)
              .isEqualTo(stage < 6 - randomised);
        }
      }
    }
  }

  @Test
  void aSeedMakesItRepeatableAndIsNotThatOfATraining() {
    String tensor = "conv1.weight";
    float[] drawn = drawn(1, tensor);
    assertThat(drawn(1, tensor)).isEqualTo(drawn);
    assertThat(drawn(2, tensor)).isNotEqualTo(drawn);
    assertThat(requireNonNull(InitialWeights.of(BAGNET, 1).get(tensor))).isNotEqualTo(drawn);
  }

  private static float[] drawn(long seed, String tensor) {
    return requireNonNull(
        new CascadingRandomisation(BAGNET, trained(), seed).weights(6).get(tensor));
  }
}
