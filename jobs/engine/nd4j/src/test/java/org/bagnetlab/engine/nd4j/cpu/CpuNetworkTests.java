package org.bagnetlab.engine.nd4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.LayerDescription;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Pass;
import org.bagnetlab.vision.network.StepProfile.PassKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuNetworkTests {

  private final CpuEngine engine = CpuEngine.start();
  private final Architecture architecture = Architectures.named("resnet50").build(5, 0.25, 64);
  private final Batch images = GoldenWeights.images(3, 64);

  /** What is computed from the parameters and kept follows them. */
  @Test
  void evaluationSeesTheWeightsThatTrainingMade() {
    try (Network network = engine.compile(architecture, Optimiser.SGD, 1);
        Network fresh = engine.compile(architecture, Optimiser.SGD, 2)) {
      network.logits(images);
      fresh.logits(images);
      network.train(images, new int[] {0, 1, 2}, 1e-3);
      float[][] after = network.logits(images);
      fresh.load(network.weights());

      assertThat(after).isDeepEqualTo(fresh.logits(images));
    }
  }

  /** Its products are those of the description of the architecture. */
  @ParameterizedTest
  @ValueSource(strings = {"resnet50", "densenet121", "cbam_resnet50", "bagnet33", "vgg16"})
  void aProfileHasTheTimeAndTheWorkOfEachOperation(String name) {
    Architecture architecture = Architectures.named(name).build(5, 0.125, 64);
    try (Network network = engine.compile(architecture, Optimiser.ADAM, 1)) {
      StepProfile profile = network.profile(images, new int[] {0, 1, 2}, 2).orElseThrow();
      List<StepProfile.Operation> operations = profile.operations();
      assertThat(operations)
          .extracting(each -> each.node() + " " + each.kind())
          .doesNotHaveDuplicates();
      Set<String> nodes = new HashSet<>();
      operations.forEach(each -> nodes.add(each.node()));
      // The first of two convolutions of an image has no products: its weights become the second's.
      long multiplyAdds =
          ArchitectureDescription.of(architecture).layers().stream()
              .filter(layer -> nodes.contains(layer.name()))
              .mapToLong(LayerDescription::multiplyAdds)
              .sum();
      assertThat(multiplyAdds)
          .isGreaterThan(ArchitectureDescription.of(architecture).multiplyAdds() * 95 / 100);
      assertThat(
              operations.stream()
                  .map(each -> pass(each, PassKind.FORWARD).orElseThrow())
                  .mapToLong(Pass::flops)
                  .sum())
          .isEqualTo(2 * 3 * multiplyAdds);
      assertThat(operations)
          .allSatisfy(
              each -> {
                Pass forward = pass(each, PassKind.FORWARD).orElseThrow();
                assertThat(pass(each, PassKind.WEIGHTS).map(Pass::flops))
                    .isEqualTo(
                        Optional.of(forward.flops())
                            .filter(flops -> each.kind().endsWith("Convolution")));
                assertThat(pass(each, PassKind.BACKWARD).isPresent())
                    .isEqualTo(!each.kind().equals("ImageConvolution"));
                assertThat(each.passes().values())
                    .allSatisfy(
                        pass -> {
                          assertThat(pass.seconds()).isPositive();
                          assertThat(pass.bytes()).isGreaterThanOrEqualTo(forward.bytes() / 2);
                        });
              });
      assertThat(profile.limits().flops()).isGreaterThan(1e8);
      assertThat(profile.limits().bytes()).isGreaterThan(1e8);
    }
  }

  private static Optional<Pass> pass(StepProfile.Operation operation, PassKind kind) {
    return Optional.ofNullable(operation.passes().get(kind));
  }
}
