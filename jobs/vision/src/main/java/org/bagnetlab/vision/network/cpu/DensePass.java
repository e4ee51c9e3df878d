package org.bagnetlab.vision.network.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.bagnetlab.vision.network.Batch;

/**
 * The logits of the patches of one image at every s-th pixel, exactly, in little more arithmetic
 * than one pass takes whose strides are 1.
 *
 * <p>A stride keeps every second row and column of what lies before it, those of one phase. The
 * network is cut before each stride that is finer than s; what lies before the cut is computed
 * once, and what lies after it for each of the four phases in turn, on the same values one row or
 * column further. Nothing is dilated, and one phase's memory serves the next.
 */
final class DensePass implements AutoCloseable {

  private final List<Part> parts = new ArrayList<>();
  private final int classes;
  private final int side;
  private IntConsumer progress = done -> {};
  private int[] labels = {};
  private float[][] result = {};
  private int done;

  /** Part of the network between two cuts. */
  private record Part(
      Program program, Arena arena, Map<String, Value> given, Map<String, Value> computed) {}

  /**
   * Prepares it.
   *
   * @param architecture for images of the size that will be shown: (n - 1) s + q pixels of patches
   *     of q pixels, where n is a multiple of the output stride over s
   * @param stride s, a power of two up to the output stride
   */
  DensePass(Architecture architecture, int stride, Parameters parameters, Crew crew) {
    List<Node> nodes = architecture.nodes();
    Map<String, Shape> shapes = architecture.shapes();
    List<Integer> cuts = cuts(nodes, stride);
    classes = architecture.classes();
    Map<String, Value> given = Map.of();
    for (int i = 0; i <= cuts.size(); i++) {
      int from = i == 0 ? 0 : cuts.get(i - 1);
      int to = i == cuts.size() ? nodes.size() : cuts.get(i);
      Set<String> kept = readLater(nodes, from, to);
      Map<String, Value> computed = new HashMap<>();
      Program program =
          Compiler.compilePart(architecture, from, to, 1, given, kept, computed, parameters, crew);
      parts.add(new Part(program, new Arena(program.plan().size()), given, computed));
      given = new LinkedHashMap<>();
      for (String name : kept) {
        Shape whole = Objects.requireNonNull(shapes.get(name));
        // A phase begins up to one row and column later, and all phases are equally large.
        Shape seen = new Shape(whole.channels(), whole.height() - 1, whole.width() - 1);
        given.put(name, Value.elsewhere(name, 1, seen));
      }
    }
    int last = Objects.requireNonNull(shapes.get(architecture.pool().input())).height();
    side = last << cuts.size();
  }

  /** The first node of each stride whose input is at least as coarse as the wanted map. */
  private static List<Integer> cuts(List<Node> nodes, int stride) {
    Map<String, Integer> jumps = new HashMap<>();
    List<Integer> cuts = new ArrayList<>();
    int next = stride;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      int jump =
          node.inputs().isEmpty() ? 1 : Objects.requireNonNull(jumps.get(node.inputs().get(0)));
      Window window = node.window();
      if (window.stride() > 1 && jump == next) {
        cuts.add(i);
        next *= 2;
      }
      jumps.put(node.name(), jump * window.stride());
    }
    return cuts;
  }

  /** Names of a part's nodes that later ones read, each with the stride of the cut. */
  private static Set<String> readLater(List<Node> nodes, int from, int to) {
    Set<String> mine = new HashSet<>();
    nodes.subList(from, to).forEach(node -> mine.add(node.name()));
    Set<String> read = new HashSet<>();
    for (Node node : nodes.subList(to, nodes.size())) {
      for (String input : node.inputs()) {
        if (mine.contains(input)) {
          if (node.window().stride() != 2) {
            throw new IllegalArgumentException(
                node.name() + " passes a stride by: the phases of its network cannot be separated");
          }
          read.add(input);
        }
      }
    }
    return read;
  }

  /** Where the values of each part between two strides lie. */
  List<MemoryPlan> plans() {
    return parts.stream().map(part -> part.program.plan()).toList();
  }

  /**
   * Computes the logits.
   *
   * @param image of the size prepared for
   * @param wanted classes
   * @param observer told how many phases are done
   * @return for each wanted class n x n logits, row by row
   */
  float[][] logits(Batch image, int[] wanted, IntConsumer observer) {
    labels = wanted;
    progress = observer;
    result = new float[wanted.length][side * side];
    done = 0;
    Part first = parts.get(0);
    first.program.show(image);
    run(0, 0, 0, 1);
    return result;
  }

  private void run(int index, int row, int column, int step) {
    Part part = parts.get(index);
    part.program.bind(part.arena);
    part.program.forward();
    if (index == parts.size() - 1) {
      take(part.program.logits(), row, column, step);
      progress.accept(++done);
      return;
    }
    Part next = parts.get(index + 1);
    for (int down = 0; down < 2; down++) {
      for (int right = 0; right < 2; right++) {
        for (Map.Entry<String, Value> given : next.given.entrySet()) {
          Value value = given.getValue();
          Shape shape = value.shape();
          FeatureMap whole = Objects.requireNonNull(part.computed.get(given.getKey())).map();
          value.attach(whole.from(down, right).cropped(shape.height(), shape.width()));
        }
        run(index + 1, row + down * step, column + right * step, 2 * step);
      }
    }
  }

  private void take(float[] logits, int row, int column, int step) {
    int length = side / step;
    for (int y = 0; y < length; y++) {
      for (int x = 0; x < length; x++) {
        int to = (row + y * step) * side + column + x * step;
        for (int k = 0; k < labels.length; k++) {
          result[k][to] = logits[(y * length + x) * classes + labels[k]];
        }
      }
    }
  }

  @Override
  public void close() {
    for (Part part : parts) {
      part.program.close();
      part.arena.close();
    }
  }
}
