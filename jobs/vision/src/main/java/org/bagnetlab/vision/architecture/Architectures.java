package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The registered networks. A new network is added to the list here. */
public final class Architectures {

  private static final List<Blueprint> ALL =
      Stream.concat(
              Stream.<Blueprint>of(
                  new ResNet50(ResNet50.Version.V1),
                  new DenseNet(121, List.of(6, 12, 24, 16)),
                  new DenseNet(169, List.of(6, 12, 32, 32)),
                  new ResNet50(ResNet50.Version.CBAM),
                  new BagNet(9),
                  new BagNet(17),
                  new BagNet(33),
                  new BagNet(65),
                  new BagNet(129),
                  new Vgg16(false),
                  new Vgg16(true),
                  new BagNetV2(9),
                  new BagNetV2(17),
                  new BagNetV2(33),
                  new ResNet50(ResNet50.Version.V1_5)),
              ControlledVariants.networks().stream())
          .toList();

  private Architectures() {}

  /**
   * All networks: those of the report's Table 1, in its order, then BagNets with larger patches,
   * VGG-16, BagNets of the second version, then the variants of ResNet-50 and BagNet-33.
   */
  public static List<Blueprint> all() {
    return ALL;
  }

  /** The network of this name. */
  public static Optional<Blueprint> find(String name) {
    return ALL.stream().filter(blueprint -> blueprint.name().equals(name)).findFirst();
  }

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is no such network; the message lists the known names
   */
  public static Blueprint named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no architecture '%s'. Known: %s."
                        .formatted(
                            name, String.join(", ", ALL.stream().map(Blueprint::name).toList()))));
  }
}
