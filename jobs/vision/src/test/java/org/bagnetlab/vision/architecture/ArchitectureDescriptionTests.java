package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers of the originals, counted with PyTorch; those of networks without an original, with a
 * definition of them in PyTorch, whose fields are the pixels that have a gradient.
 */
class ArchitectureDescriptionTests {

  @ParameterizedTest
  @CsvSource({
    // name, parameters with 15 and with 1000 classes, multiply-adds with 1000 classes, field,
    // stride, map. Without a field: the whole image.
    "resnet50, 23538767, 25557032, 3857973248, 483, 32, 7",
    "densenet121, 6969231, 7978856, 2834161664, 2071, 32, 7",
    "densenet169, 12509455, 14149480, 3359843328, 3351, 32, 7",
    "cbam_resnet50, 26071359, 28089624, 4095573110, , 32, 7",
    "bagnet9, 13670479, 15688744, 15932243968, 9, 8, 27",
    "bagnet17, 14194767, 16213032, 15654502400, 17, 8, 26",
    "bagnet33, 16291919, 18310184, 16259530752, 33, 8, 24",
    "bagnet65, 20486223, 22504488, 17665671168, 65, 8, 20",
    "bagnet129, 22583375, 24601640, 13438337024, 129, 8, 12",
    "vgg16, 134321999, 138357544, 15470264320, , 32, 1",
    "vgg16_bn, 134330447, 138365992, 15470264320, , 32, 1",
    "bagnet9_v2, 13635151, 15653416, 15143157760, 9, 8, 28",
    "bagnet17_v2, 14159439, 16177704, 15554199552, 17, 8, 28",
    "bagnet33_v2, 16256591, 18274856, 17198366720, 33, 8, 28",
    "resnet50_v15, 23538767, 25557032, 4089184256, 427, 32, 7",
    "resnet50_no_max_pool, 23538767, 25557032, 4127719424, 419, 32, 7",
    "resnet50_stride16, 23538767, 25557032, 6247153664, 355, 16, 14",
    "resnet50_small_stem, 23566415, 25584680, 6601195520, 351, 16, 14",
    "resnet50_stride8, 23566415, 25584680, 26369736704, 177, 8, 28",
    "resnet50_1x1_stage4, 19372111, 21390376, 23081402368, 145, 8, 28",
    "resnet50_1x1_stages3to4, 16750671, 18768936, 21026193408, 65, 8, 28",
    "resnet50_1x1_stages2to4, 16357455, 18375720, 19793068032, 41, 8, 28",
    "bagnet33_padded, 16291919, 18310184, 18970984448, 33, 8, 28",
    "resnet50_shallow, 13976911, 15995176, 2111045632, 251, 32, 7",
    "bagnet33_shallow, 11219279, 13237544, 11999674368, 33, 8, 24",
  })
  void countsWhatTheOriginalsHave(
      String name,
      long with15,
      long with1000,
      long multiplyAdds,
      @Nullable Integer field,
      int stride,
      int map) {
    Blueprint blueprint = Architectures.named(name);
    ArchitectureDescription small = ArchitectureDescription.of(blueprint.build(15, 1, 224));
    ArchitectureDescription large = ArchitectureDescription.of(blueprint.build(1000, 1, 224));
    assertThat(small.parameters()).isEqualTo(with15);
    assertThat(large.parameters()).isEqualTo(with1000);
    assertThat(large.multiplyAdds()).isEqualTo(multiplyAdds);
    assertThat(large.receptiveField()).isEqualTo(Optional.ofNullable(field));
    assertThat(large.outputStride()).isEqualTo(stride);
    assertThat(large.outputSize()).isEqualTo(map);
  }

  @Test
  void bagNet33HasTheRowsOfFigure1() {
    List<List<Object>> rows =
        ArchitectureDescription.of(Architectures.named("bagnet33").build(15, 1, 224))
            .enlargingLayers()
            .stream()
            .map(
                layer ->
                    List.<Object>of(
                        layer.kernel(),
                        layer.stride(),
                        layer.dilation(),
                        layer.padding(),
                        layer.input().get(1),
                        layer.output().get(1),
                        layer.receptiveField().orElseThrow()))
            .toList();
    assertThat(rows)
        .containsExactly(
            List.of(3, 1, 1, 0, 224, 222, 3),
            List.of(3, 2, 1, 0, 222, 110, 5),
            List.of(3, 2, 1, 0, 110, 54, 9),
            List.of(3, 2, 1, 0, 54, 26, 17),
            List.of(3, 1, 1, 0, 26, 24, 33));
  }

  /** Of two positions pooled to seven, the middle window has both. */
  @Test
  void anAdaptivePoolHasTheKernelOfItsLargestWindow() {
    assertThat(kernelOfPool(224)).isEqualTo(1);
    assertThat(kernelOfPool(64)).isEqualTo(2);
    assertThat(kernelOfPool(448)).isEqualTo(2);
  }

  private static int kernelOfPool(int image) {
    return ArchitectureDescription.of(Architectures.named("vgg16").build(15, 0.1, image))
        .layers()
        .stream()
        .filter(layer -> layer.name().equals("avgpool"))
        .mapToInt(LayerDescription::kernel)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void layersAfterTheGlobalPoolHaveSeenTheWholeImage() {
    List<LayerDescription> layers =
        ArchitectureDescription.of(Architectures.named("bagnet9").build(15, 1, 64)).layers();
    assertThat(layers.get(layers.size() - 1).receptiveField()).isEqualTo(Optional.empty());
  }

  @Test
  void aTooSmallImageIsRefusedByName() {
    Architecture architecture = Architectures.named("bagnet33").build(15, 1, 32);
    assertThatThrownBy(() -> ArchitectureDescription.of(architecture))
        .hasMessageContaining("32 pixels is too small for bagnet33");
  }
}
