package org.bagnetlab.engine.nd4j.cpu.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.MemoryPlan;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.PhaseSection;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.network.Batch;

/**
 * Computes the logits of the patches at every s-th pixel of one image; see {@link PhaseSection}.
 */
public final class DensePass implements AutoCloseable {

  private final List<Part> parts = new ArrayList<>();
  private final int classes;
  private final int side;
  private IntConsumer progress = done -> {};
  private int[] labels = {};
  private float[][] result = {};
  private int done;

  /** A compiled section. */
  private record Part(
      Program program, Arena arena, Map<String, Value> given, Map<String, Value> computed) {}

  /**
   * Compiles the parts.
   *
   * @param architecture the architecture for the size of the images, which is (n - 1) s + q pixels
   *     for patches of q pixels, where n is a multiple of the output stride over s
   * @param stride the stride s, a power of two up to the output stride
   */
  public DensePass(Architecture architecture, int stride, Parameters parameters, Crew crew) {
    Map<String, Shape> shapes = architecture.shapes();
    List<PhaseSection> sections = PhaseSection.of(architecture, stride);
    classes = architecture.classes();
    Map<String, Value> given = Map.of();
    for (PhaseSection section : sections) {
      Map<String, Value> computed = new HashMap<>();
      Program program =
          Compiler.compilePart(architecture, section, given, computed, parameters, crew);
      parts.add(new Part(program, new Arena(program.plan().size()), given, computed));
      given = new LinkedHashMap<>();
      for (String name : section.cut()) {
        given.put(name, Value.elsewhere(name, 1, Objects.requireNonNull(shapes.get(name))));
      }
    }
    int last = Objects.requireNonNull(shapes.get(architecture.pool().input())).height();
    side = last << (sections.size() - 1);
  }

  /** The memory plan of each part. */
  public List<MemoryPlan> plans() {
    return parts.stream().map(part -> part.program.plan()).toList();
  }

  /**
   * Computes the logits.
   *
   * @param image an image of the size for which the parts were compiled
   * @param wanted the requested classes
   * @param observer receives the number of phases completed so far
   * @return n x n logits for each requested class, row by row
   */
  public float[][] logits(Batch image, int[] wanted, IntConsumer observer) {
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
          FeatureMap phase = whole.from(down, right).everySecond();
          value.attach(phase.cropped(shape.height(), shape.width()));
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
