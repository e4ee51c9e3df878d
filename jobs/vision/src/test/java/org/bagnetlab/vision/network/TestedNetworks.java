package org.bagnetlab.vision.network;

import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;

/**
 * The networks that engines are tested with: some that together have every kind of node, and one
 * for gradients in double precision, or with {@code ./bagnetlab test --all} every registered one.
 * Those of a family have the same nodes, in other numbers and sizes, and ResNet-50's are
 * CBAM-ResNet50's, too.
 */
final class TestedNetworks {

  private static final boolean ALL = "all".equals(System.getProperty("bagnetlab.tests"));

  private static final Set<String> EVERY_KIND_OF_NODE =
      Set.of("densenet121", "cbam_resnet50", "bagnet17");

  private static final Set<String> IN_DOUBLE = Set.of("bagnet17");

  private TestedNetworks() {}

  static Stream<Blueprint> each() {
    return Architectures.all().stream()
        .filter(blueprint -> ALL || EVERY_KIND_OF_NODE.contains(blueprint.name()));
  }

  static Stream<String> names() {
    return each().map(Blueprint::name);
  }

  /** Double precision is slow. */
  static Stream<String> inDouble() {
    return Architectures.all().stream()
        .map(Blueprint::name)
        .filter(name -> ALL || IN_DOUBLE.contains(name));
  }

  static Stream<String> bagNets() {
    return each().filter(Blueprint::bagOfLocalFeatures).map(Blueprint::name);
  }
}
