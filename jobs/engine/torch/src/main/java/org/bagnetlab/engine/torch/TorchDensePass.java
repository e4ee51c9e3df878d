package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes exactly the logits of the patches of one image at every s-th pixel, with little more
 * arithmetic than one pass with strides of 1.
 *
 * <p>A stride keeps every second row and column of a convolution's output: one of four phases. The
 * network is cut after each stride that makes the map coarser than s. Convolutions with such a
 * stride are computed at every position, and the nodes after them for each of the four phases in
 * turn. Nothing is dilated, and one phase's memory is free for the next.
 */
final class TorchDensePass {

  private final Architecture architecture;
  private final TorchParameters parameters;
  private final Map<String, Shape> shapes;
  private final List<Section> sections;
  private final int side;

  /**
   * Divides the architecture into sections.
   *
   * @param architecture the architecture for the size of the images: (n - 1) s + q pixels with
   *     patches of q pixels, where n is a multiple of the output stride over s
   * @param stride the stride s, a power of two up to the output stride
   */
  TorchDensePass(Architecture architecture, int stride, TorchParameters parameters) {
    this.architecture = architecture;
    this.parameters = parameters;
    shapes = architecture.shapes();
    sections = sections(architecture, stride);
    side = shape(architecture.pool().input()).height() << (sections.size() - 1);
  }

  private Shape shape(String node) {
    return Objects.requireNonNull(shapes.get(node));
  }

  /**
   * Cuts a network after each convolution whose stride makes the map coarser than s, and removes
   * that stride.
   */
  private static List<Section> sections(Architecture architecture, int stride) {
    Map<String, Integer> strides = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    List<List<Node>> nodes = new ArrayList<>();
    List<Set<String>> cuts = new ArrayList<>();
    for (Node node : architecture.nodes().subList(0, architecture.nodes().size() - 2)) {
      List<Integer> read = node.inputs().stream().map(places::get).distinct().toList();
      if (read.size() > 1 || node.window().padding() > 0) {
        throw inseparable(node);
      }
      int place = read.isEmpty() ? 0 : read.get(0);
      int before =
          node.inputs().isEmpty() ? 1 : Objects.requireNonNull(strides.get(node.inputs().get(0)));
      if (place == nodes.size()) {
        nodes.add(new ArrayList<>());
        cuts.add(new LinkedHashSet<>());
      }
      boolean isCut = node.window().stride() > 1 && before >= stride;
      nodes.get(place).add(isCut ? dense(node) : node);
      if (isCut) {
        cuts.get(place).add(node.name());
      }
      strides.put(node.name(), before * node.window().stride());
      places.put(node.name(), isCut ? place + 1 : place);
    }
    cuts.get(cuts.size() - 1).add(architecture.pool().input());
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      sections.add(Section.of(nodes.get(i), cuts.get(i)));
    }
    return sections;
  }

  private static Node dense(Node node) {
    if (node instanceof Node.Convolution strided && strided.window().stride() == 2) {
      Window window = new Window(strided.window().kernel(), 1, 0);
      return new Node.Convolution(
          strided.name(), strided.input(), strided.channels(), window, strided.fan());
    }
    throw inseparable(node);
  }

  private static IllegalArgumentException inseparable(Node node) {
    return new IllegalArgumentException(
        "The strides at %s cannot be separated into phases.".formatted(node.name()));
  }

  /**
   * Computes the logits.
   *
   * @param image an image of the prepared size: [1, channel, row, column]
   * @param labels the requested classes, on the device
   * @param progress receives the number of phases done
   * @return n x n logits for each requested class, row by row
   */
  float[][] logits(Tensor image, Tensor labels, IntConsumer progress) {
    Result result = new Result(labels, progress);
    run(0, Map.of(architecture.input().name(), image), new Phase(0, 0, 1), result);
    return result.logits;
  }

  /** Every step-th row and column, from a first one on. */
  private record Phase(int row, int column, int step) {

    Phase half(int down, int right) {
      return new Phase(row + down * step, column + right * step, 2 * step);
    }
  }

  private void run(int index, Map<String, Tensor> given, Phase phase, Result result) {
    NativeScope.run(
        () -> {
          Map<String, Tensor> computed = Forward.evaluation(sections.get(index), given, parameters);
          if (index == sections.size() - 1) {
            result.take(Objects.requireNonNull(computed.get(architecture.pool().input())), phase);
            return;
          }
          for (int down = 0; down < 2; down++) {
            for (int right = 0; right < 2; right++) {
              run(index + 1, half(computed, down, right), phase.half(down, right), result);
            }
          }
        });
  }

  private Map<String, Tensor> half(Map<String, Tensor> computed, int down, int right) {
    Map<String, Tensor> half = new HashMap<>();
    computed.forEach(
        (name, map) ->
            half.put(
                name,
                Forward.cropped(
                    everySecond(everySecond(map, 2, down), 3, right),
                    shape(name).height(),
                    shape(name).width())));
    return half;
  }

  private static Tensor everySecond(Tensor map, long dimension, int first) {
    return map.slice(dimension, new LongOptional(first), new LongOptional(), 2);
  }

  /** The logits computed so far. */
  private final class Result {
    private final Tensor labels;
    private final IntConsumer progress;
    private final float[][] logits;
    private int done;

    Result(Tensor labels, IntConsumer progress) {
      this.labels = labels;
      this.progress = progress;
      logits = new float[Math.toIntExact(labels.numel())][side * side];
    }

    void take(Tensor features, Phase phase) {
      Tensor wanted =
          torch.index_select(
              Forward.logitsOfPositions(architecture.classifier(), features, parameters::fixed),
              1,
              labels);
      float[] values = Transfer.values(wanted);
      int length = side / phase.step;
      for (int k = 0; k < logits.length; k++) {
        for (int y = 0; y < length; y++) {
          for (int x = 0; x < length; x++) {
            int to = (phase.row + y * phase.step) * side + phase.column + x * phase.step;
            logits[k][to] = values[(k * length + y) * length + x];
          }
        }
      }
      progress.accept(++done);
    }
  }
}
