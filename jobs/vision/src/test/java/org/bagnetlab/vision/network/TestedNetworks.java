package org.bagnetlab.vision.network;

import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Family;

/**
 * The networks that engines are tested with: some that together have every kind of node and every
 * way in which nodes are combined, and one for gradients in double precision, or with {@code
 * ./bagnetlab test --all} every registered one. Those of a family have the same nodes, in other
 * numbers and sizes, and ResNet-50's are CBAM-ResNet50's, too; only in the small stem are two
 * convolutions padded without anything between them, and only from BagNet-65 on is a shortcut
 * cropped that has no convolution.
 */
final class TestedNetworks {

  private static final boolean ALL = "all".equals(System.getProperty("bagnetlab.tests"));

  private static final Set<String> EVERY_KIND_OF_NODE =
      Set.of(
          "densenet121",
          "cbam_resnet50",
          "bagnet17",
          "bagnet65",
          "resnet50_small_stem",
          "vgg16_bn");

  private static final Set<String> IN_DOUBLE = Set.of("bagnet17");

  private TestedNetworks() {}

  static Stream<Blueprint> each() {
    return Architectures.all().stream()
        .filter(blueprint -> ALL || EVERY_KIND_OF_NODE.contains(blueprint.name()));
  }

  /** Side in pixels of the images that a network is tested on, and was in PyTorch. */
  static int side(String network) {
    return switch (network) {
      case "bagnet65" -> 96;
      case "bagnet129" -> 160;
      default -> 64;
    };
  }

  static Stream<String> names() {
    return each().map(Blueprint::name);
  }

  /**
   * Whether a network is in slow tests, too: of the controlled variants, whose neighbours differ in
   * one choice, only those that bring something new are; of VGG-16, the largest, one, among all.
   */
  static boolean isDistinct(String network) {
    return switch (Architectures.named(network).family()) {
      case VARIANTS -> EVERY_KIND_OF_NODE.contains(network);
      case VGG -> ALL && EVERY_KIND_OF_NODE.contains(network);
      case REPORT, LADDER, BAGNETS_V2 -> true;
    };
  }

  /** Double precision is slow. */
  static Stream<String> inDouble() {
    return Architectures.all().stream()
        .map(Blueprint::name)
        .filter(name -> ALL ? isDistinct(name) : IN_DOUBLE.contains(name));
  }

  /**
   * BagNets whose double precision is quick enough. Larger patches and the controlled variants
   * bring nothing new to what is done with a logit map.
   */
  static Stream<String> bagNetsInDouble() {
    return inDouble()
        .map(Architectures::named)
        .filter(network -> network.bagOfLocalFeatures() && network.family() == Family.REPORT)
        .map(Blueprint::name);
  }

  static Stream<String> bagNets() {
    return each().filter(Blueprint::bagOfLocalFeatures).map(Blueprint::name);
  }
}
