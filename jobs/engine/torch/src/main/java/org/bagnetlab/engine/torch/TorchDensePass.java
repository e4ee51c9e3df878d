package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.PhaseSection;
import org.bagnetlab.vision.architecture.Shape;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes the logits of the patches at every s-th pixel of one image; see {@link PhaseSection}.
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
   * @param architecture the architecture for the size of the images, which is (n - 1) s + q pixels
   *     for patches of q pixels, where n is a multiple of the output stride over s
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

  /** The sections; the final section ends with the last feature map. */
  private static List<Section> sections(Architecture architecture, int stride) {
    List<Section> sections = new ArrayList<>();
    for (PhaseSection each : PhaseSection.of(architecture, stride)) {
      List<Node> nodes = each.nodes();
      sections.add(
          nodes.contains(architecture.classifier())
              ? Section.of(nodes.subList(0, nodes.size() - 2), Set.of(architecture.pool().input()))
              : Section.of(nodes, each.cut()));
    }
    return sections;
  }

  /**
   * Computes the logits.
   *
   * @param image an image of the size for which the pass was created: [1, channel, row, column]
   * @param labels the requested classes, on the device
   * @param progress receives the number of phases completed so far
   * @return n x n logits for each requested class, row by row
   */
  float[][] logits(Tensor image, Tensor labels, IntConsumer progress) {
    Result result = new Result(labels, progress);
    run(0, Map.of(architecture.input().name(), image), new Phase(0, 0, 1), result);
    return result.logits;
  }

  /** Every step-th row and column, starting with a given row and column. */
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
