package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Blocking;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;

/**
 * The weights of a convolution or a linear layer in the order in which matrix products read them:
 * they are divided into panels of outputs and each panel into blocks; each block is row-major [in,
 * out]. All programs of a network share them; {@link #refresh} updates them.
 */
public final class PackedWeights implements AutoCloseable {

  /** Number of outputs and inputs packed at a time. */
  private static final int CHUNK = 64;

  private final Parameters parameters;
  private final int rows;
  private final int cachedRows;
  private final Kernels kernels;
  private final FloatBuffer weights;
  private final int outputs;
  private final int inputs;
  private final int columns;
  private final int depth;
  private final Arena arena;
  private final Block[][] blocks;
  private long version = -1;

  /** Transforms the kernel weights between an input and an output before they are packed. */
  public interface Kernels {
    /** Number of weights between an input and an output. */
    int taps();

    /** Number of resulting matrices. */
    int places();

    /**
     * Transforms the weights from a range of inputs to one output.
     *
     * @param taps the weights, input by input
     * @param values receives the results, starting at index {@code to}; {@code step} is the
     *     distance between inputs, {@code stride} the distance between matrices
     */
    void transform(float[] taps, int inputs, float[] values, int to, int step, int stride);

    /** Leaves the weights unchanged, with each tap as a separate input. */
    Kernels AS_THEY_ARE =
        new Kernels() {
          @Override
          public int taps() {
            return 1;
          }

          @Override
          public int places() {
            return 1;
          }

          @Override
          public void transform(
              float[] taps, int inputs, float[] values, int to, int step, int stride) {
            for (int i = 0; i < inputs; i++) {
              values[to + i * step] = taps[i];
            }
          }
        };
  }

  /**
   * The weights from a range of inputs to a range of outputs, with the first input and the first
   * output.
   */
  private record Block(Matrix values, int from, int column) {}

  PackedWeights(Parameters parameters, String tensor, Kernels kernels, Blocking blocking) {
    this.parameters = parameters;
    this.kernels = kernels;
    weights = parameters.values(tensor);
    outputs = parameters.span(tensor).tensor().shape().get(0);
    inputs = weights.capacity() / outputs / kernels.taps();
    columns = blocking.panel(outputs);
    depth = blocking.depth(inputs);
    rows = blocking.rows(columns, depth);
    cachedRows = blocking.cachedRows(outputs, rows);
    long matrix = (long) outputs * inputs;
    arena = new Arena(matrix * kernels.places());
    int blocksInDepth = (inputs + depth - 1) / depth;
    blocks = new Block[kernels.places()][panels() * blocksInDepth];
    for (int place = 0; place < blocks.length; place++) {
      for (int i = 0; i < blocks[place].length; i++) {
        int column = i / blocksInDepth * columns;
        int from = i % blocksInDepth * depth;
        int width = Math.min(columns, outputs - column);
        int deep = Math.min(depth, inputs - from);
        long offset = place * matrix + (long) column * inputs + (long) from * width;
        FloatBuffer memory = arena.floats(offset, (long) deep * width);
        blocks[place][i] = new Block(Matrix.of(memory, deep, width), from, column);
      }
    }
  }

  /** Number of panels; threads share the work by panels. */
  public int panels() {
    return (outputs + columns - 1) / columns;
  }

  /** Number of result rows that stay in the cache until the next operation uses them. */
  public int cachedRows() {
    return cachedRows;
  }

  /** Repacks the weights if the parameters have changed. */
  public void refresh(Crew crew) {
    if (version != parameters.version()) {
      crew.together(
          member -> {
            int end = crew.start(outputs, member + 1);
            pack(crew.start(outputs, member), end);
          });
      version = parameters.version();
    }
  }

  private void pack(int from, int end) {
    int taps = kernels.taps();
    float[] read = new float[CHUNK * taps];
    float[] packed = new float[kernels.places() * CHUNK * CHUNK];
    for (Block first : blocks[0]) {
      int begin = Math.max(from, first.column);
      int stop = Math.min(end, first.column + first.values.columns());
      for (int o = begin; o < stop; o += CHUNK) {
        int wide = Math.min(CHUNK, stop - o);
        for (int i = 0; i < first.values.rows(); i += CHUNK) {
          int deep = Math.min(CHUNK, first.values.rows() - i);
          for (int output = 0; output < wide; output++) {
            int at = ((o + output) * inputs + first.from + i) * taps;
            weights.get(at, read, 0, deep * taps);
            kernels.transform(read, deep, packed, output, CHUNK, CHUNK * CHUNK);
          }
          write(first, o - first.column, wide, i, deep, packed);
        }
      }
    }
  }

  private void write(Block first, int column, int wide, int row, int deep, float[] packed) {
    int number = first.column / columns * (blocks[0].length / panels()) + first.from / depth;
    for (int place = 0; place < blocks.length; place++) {
      FloatBuffer to = blocks[place][number].values.memory();
      for (int i = 0; i < deep; i++) {
        int at = (row + i) * first.values.pitch() + column;
        to.put(at, packed, place * CHUNK * CHUNK + i * CHUNK, wide);
      }
    }
  }

  /**
   * Computes C = A W for a range of panels of the outputs.
   *
   * @param place index of the matrix W
   * @param c all outputs
   */
  public void multiply(int place, Matrix a, int firstPanel, int endPanel, Matrix c) {
    int perPanel = blocks[place].length / panels();
    for (int row = 0; row < a.rows(); row += rows) {
      for (int i = firstPanel * perPanel; i < endPanel * perPanel; i++) {
        Block block = blocks[place][i];
        Gemm.piece(
            a.part(row, block.from, rows, block.values.rows()),
            block.values,
            block.from == 0 ? 0 : 1,
            c.part(row, block.column, rows, block.values.columns()));
      }
    }
  }

  /** Computes the whole product, if there is only one matrix. */
  public void multiply(Matrix a, Matrix c) {
    multiply(0, a, 0, panels(), c);
  }

  /** Size in floats. */
  long size() {
    return arena.size();
  }

  @Override
  public void close() {
    arena.close();
  }
}
