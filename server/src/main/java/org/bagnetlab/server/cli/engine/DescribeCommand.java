package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.LayerDescription;
import org.bagnetlab.vision.architecture.WidthFactor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows properties of an architecture: sizes, receptive fields and costs. */
@Command(
    name = "describe",
    description = "Show an architecture's layers, receptive fields, parameters and cost.")
public final class DescribeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ARCH",
      completionCandidates = Names.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private String architecture = "";

  @Option(names = "--classes", defaultValue = "15", description = "Default: ${DEFAULT-VALUE}.")
  private int classes;

  @Option(names = "--width", defaultValue = "1.0", description = "Default: ${DEFAULT-VALUE}.")
  private double width;

  @Option(
      names = "--size",
      defaultValue = "224",
      description = "Image size in pixels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Mixin private JsonOption json = new JsonOption();

  /** The names of all architectures, for the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Architectures.all().stream().map(Blueprint::name).iterator();
    }
  }

  @Override
  public Integer call() {
    Blueprint blueprint = Architectures.named(architecture);
    WidthFactor.check("--width", width);
    ArchitectureDescription description =
        ArchitectureDescription.of(blueprint.build(classes, width, size));
    if (json.printed(asJson(description))) {
      return 0;
    }
    System.out.printf(
        "%s, %d classes, width %s, %d x %d pixels%n",
        blueprint.label(), classes, width, size, size);
    System.out.printf(
        "%,d parameters, %,d buffers, %,d multiply-adds%n",
        description.parameters(), description.buffers(), description.multiplyAdds());
    System.out.printf(
        "receptive field %s, output stride %d, output map %d x %d%n%n",
        description.receptiveField().map(Object::toString).orElse("the whole image"),
        description.outputStride(),
        description.outputSize(),
        description.outputSize());
    System.out.printf(
        "%-40s %-20s %6s %6s %7s %-15s %6s%n",
        "layer", "type", "kernel", "stride", "padding", "output", "field");
    for (LayerDescription layer : description.layers()) {
      System.out.printf(
          "%-40s %-20s %6d %6d %7d %-15s %6s%n",
          layer.name(),
          layer.type(),
          layer.kernel(),
          layer.stride(),
          layer.padding(),
          "%d x %d x %d"
              .formatted(layer.output().get(0), layer.output().get(1), layer.output().get(2)),
          layer.receptiveField().map(Object::toString).orElse("all"));
    }
    return 0;
  }

  private ObjectNode asJson(ArchitectureDescription description) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("architecture", architecture);
    node.put("classes", classes);
    node.put("width", width);
    node.put("size", size);
    ObjectNode rest = Json.MAPPER.valueToTree(description);
    rest.remove("architecture");
    node.setAll(rest);
    if (description.receptiveField().isEmpty()) {
      node.putNull("receptiveField");
    }
    node.path("layers")
        .forEach(
            layer -> {
              if (!layer.has("receptiveField")) {
                ((ObjectNode) layer).putNull("receptiveField");
              }
            });
    return node;
  }
}
