package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/**
 * The 3x3 kernels of a convolution, each transformed to a tile of 4x4 values for Winograd's F(2x2,
 * 3x3): a matrix [in, out] for each place of the tile. All programs of a network share them.
 */
public final class TileWeights implements AutoCloseable {

  /** Number of values in a tile of 4x4 inputs. */
  public static final int PLACES = 16;

  private static final int TAPS = 9;

  private final Parameters parameters;
  private final FloatBuffer weights;
  private final int outputs;
  private final int inputs;
  private final Arena arena;
  private final FloatBuffer tiles;
  private final List<Matrix> places;
  private long version = -1;

  TileWeights(Parameters parameters, String tensor) {
    this.parameters = parameters;
    weights = parameters.values(tensor);
    outputs = parameters.span(tensor).tensor().shape().get(0);
    inputs = weights.capacity() / outputs / TAPS;
    int matrix = inputs * outputs;
    arena = new Arena((long) PLACES * matrix);
    tiles = arena.floats(0, (long) PLACES * matrix);
    Numbers all = Numbers.in(tiles, NumberType.FLOAT32);
    places =
        IntStream.range(0, PLACES)
            .mapToObj(place -> new Matrix(all, place * matrix, inputs, outputs, outputs))
            .toList();
  }

  /** The weights [in, out] of a place. */
  public Matrix place(int place) {
    return places.get(place);
  }

  /** Transforms the weights again if the parameters have changed. */
  public void refresh(Crew crew) {
    if (version != parameters.version()) {
      crew.together(
          member -> transform(crew.start(inputs, member), crew.start(inputs, member + 1)));
      version = parameters.version();
    }
  }

  private void transform(int from, int end) {
    float[] taps = new float[outputs * TAPS];
    float[][] rows = new float[PLACES][outputs];
    for (int input = from; input < end; input++) {
      for (int output = 0; output < outputs; output++) {
        weights.get((output * inputs + input) * TAPS, taps, output * TAPS, TAPS);
      }
      for (int row = 0; row < 4; row++) {
        for (int output = 0; output < outputs; output++) {
          float a = spread(taps, output * TAPS, row);
          float b = spread(taps, output * TAPS + 1, row);
          float c = spread(taps, output * TAPS + 2, row);
          rows[row * 4][output] = a;
          rows[row * 4 + 1][output] = (a + b + c) / 2;
          rows[row * 4 + 2][output] = (a - b + c) / 2;
          rows[row * 4 + 3][output] = c;
        }
      }
      for (int place = 0; place < PLACES; place++) {
        tiles.put((place * inputs + input) * outputs, rows[place]);
      }
    }
  }

  /** One of the four values to which a column of three taps is transformed. */
  private static float spread(float[] taps, int at, int index) {
    float a = taps[at];
    float b = taps[at + 3];
    float c = taps[at + 6];
    return switch (index) {
      case 0 -> a;
      case 1 -> (a + b + c) / 2;
      case 2 -> (a - b + c) / 2;
      default -> c;
    };
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
