package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain of networks from ResNet-50 to BagNet-33. */
class ControlledVariantsTests {

  private static final Map<String, ResidualDesign> DESIGNS = designs();

  static Stream<ControlledChange> changes() {
    return Stream.concat(ControlledVariants.chain().stream(), ControlledVariants.depth().stream());
  }

  private static Map<String, ResidualDesign> designs() {
    Map<String, ResidualDesign> designs = new LinkedHashMap<>();
    designs.put("resnet50", ControlledVariants.RESNET_50);
    designs.put("resnet50_v15", ControlledVariants.RESNET_50_V15);
    designs.put("bagnet33", ControlledVariants.BAGNET_33.design());
    ControlledVariants.networks().forEach(each -> designs.put(each.name(), each.design()));
    return designs;
  }

  private static ResidualDesign design(String name) {
    return Objects.requireNonNull(DESIGNS.get(name), name);
  }

  @Test
  void theChainLeadsFromResNet50ToBagNet33() {
    List<ControlledChange> chain = ControlledVariants.chain();
    assertThat(chain.get(0).before()).isEqualTo("resnet50");
    assertThat(chain.get(chain.size() - 1).after()).isEqualTo("bagnet33");
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).before()).isEqualTo(chain.get(i - 1).after());
    }
  }

  @Test
  void everyVariantIsComparedOnce() {
    assertThat(changes().map(ControlledChange::after)).doesNotHaveDuplicates();
    assertThat(
            Architectures.all().stream()
                .filter(blueprint -> blueprint.family() == Family.VARIANTS)
                .map(Blueprint::name))
        .containsExactlyInAnyOrderElementsOf(
            changes().map(ControlledChange::after).filter(n -> !n.equals("bagnet33")).toList());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void neighboursDifferInOneChoice(ControlledChange change) {
    ResidualDesign before = design(change.before());
    ResidualDesign after = design(change.after());
    assertThat(
            Arrays.stream(ResidualDesign.class.getRecordComponents())
                .filter(choice -> !value(choice, before).equals(value(choice, after))))
        .hasSize(1);
  }

  private static Object value(RecordComponent choice, ResidualDesign design) {
    try {
      return choice.getAccessor().invoke(design);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aDesignIsTheRegisteredNetworkUpToNames(ControlledChange change) {
    for (String name : List.of(change.before(), change.after())) {
      for (int size : List.of(64, 75, 224)) {
        Architecture registered = Architectures.named(name).build(15, 0.5, size);
        double momentum = name.equals("bagnet33") ? 0.001 : 0.1;
        Architecture built = design(name).build("built", momentum, 15, 0.5, size);
        assertThat(numbered(built)).isEqualTo(numbered(registered));
        assertThat(List.copyOf(built.shapes().values()))
            .isEqualTo(List.copyOf(registered.shapes().values()));
        assertThat(built.tensors().stream().map(Tensor::shape))
            .containsExactlyElementsOf(registered.tensors().stream().map(Tensor::shape).toList());
      }
    }
  }

  /** The nodes, each called by its place. */
  private static List<String> numbered(Architecture architecture) {
    List<String> names = architecture.nodes().stream().map(Node::name).toList();
    List<String> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      IntStream inputs = node.inputs().stream().mapToInt(names::indexOf);
      String other = node instanceof Node.BatchNorm norm ? " " + norm.momentum() : "";
      nodes.add(
          "%s %s of %s%s"
              .formatted(node.type(), node.window(), Arrays.toString(inputs.toArray()), other));
    }
    return nodes;
  }

  @Test
  void onlyNetworksWithoutPaddingAddUpLocalEvidence() {
    assertThat(
            Architectures.all().stream().filter(Blueprint::bagOfLocalFeatures).map(Blueprint::name))
        .containsExactlyInAnyOrder(
            "bagnet9", "bagnet17", "bagnet33", "bagnet65", "bagnet129", "bagnet33_shallow");
    assertThat(Architectures.named("bagnet33_padded").localReceptiveField()).isEmpty();
    assertThat(Architectures.named("bagnet33_v2").localReceptiveField()).isEmpty();
    assertThat(Architectures.named("cbam_resnet50").localReceptiveField()).isEmpty();
  }

  /** The stride moves, so that only the pooling goes. */
  @Test
  void withoutMaxPoolingMapsHaveTheSameSizes() {
    assertThat(
            ArchitectureDescription.of(
                Architectures.named("resnet50_no_max_pool").build(15, 1, 224)))
        .extracting(ArchitectureDescription::outputStride, ArchitectureDescription::parameters)
        .containsExactly(32, 23_538_767L);
  }
}
