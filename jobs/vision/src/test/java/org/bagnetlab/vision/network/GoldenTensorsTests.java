package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks have the tensors of their originals in PyTorch. */
class GoldenTensorsTests {

  static Stream<String> architectures() {
    return Architectures.all().stream().map(Blueprint::name);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void tensorsHaveTheNamesShapesAndOrderOfTheCheckpoint(String name) throws IOException {
    Golden golden = Golden.of(name);
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    List<Tensor> ours = Architectures.named(name).build(Golden.CLASSES, 1, 224).tensors();
    ours.forEach(tensor -> tensors.put(tensor.name(), tensor.shape()));
    assertThat(tensors.entrySet()).containsExactlyElementsOf(golden.tensors().entrySet());
    assertThat(ours.stream().filter(Tensor::learnt).count())
        .isEqualTo((long) golden.number("/parameter_tensors"));
  }
}
