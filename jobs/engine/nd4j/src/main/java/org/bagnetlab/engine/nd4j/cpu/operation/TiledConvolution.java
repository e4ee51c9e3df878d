package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.TileWeights;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/**
 * A 3x3 convolution without a stride, with 4/9 of the usual multiplications: Winograd's F(2x2, 3x3)
 * as in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015). A tile of 2x2
 * outputs depends on 4x4 inputs. Transformed inputs and weights are multiplied place by place and
 * summed over the channels, which is one matrix product over all tiles for each of the 16 places.
 * This operation is used only for evaluation.
 */
public final class TiledConvolution extends MapTransform {

  /**
   * Maximum number of transformed inputs and outputs in one round, so that they fit into the
   * private cache of each thread's core.
   */
  private static final int CACHED = 1 << 18;

  /**
   * Approximate minimum number of tiles in a round; with fewer tiles, most of the time would be
   * spent reading the weights.
   */
  private static final int TILES = 64;

  /** Prevents the places of a tile from competing for the same cache lines. */
  private static final int GAP = 16;

  private final Crew crew;
  private final TileWeights weights;
  private final int padding;
  private final int tiles;
  private final int rowsOfTiles;
  private final int rowsAtATime;
  private final Value entered;
  private final Value multiplied;
  private final float[][] rows;
  private final float[][] places;
  private final float[][] results;
  private @Nullable Join end;
  private int firstRow;
  private int lastRow;

  public TiledConvolution(
      Crew crew, TileWeights weights, Window window, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    this.weights = weights;
    this.padding = window.padding();
    tiles = (output.shape().width() + 1) / 2;
    rowsOfTiles = output.images() * rowsOfTiles(output.shape());
    int channels = input.channels() + output.channels();
    int cached = Math.max(TILES / tiles, CACHED / (TileWeights.PLACES * tiles * channels));
    int shared = Math.max(1, cached / crew.members()) * crew.members();
    rowsAtATime = Math.min(rowsOfTiles, shared);
    int most = rowsAtATime * tiles;
    entered =
        new Value(
            "tiles of " + output.name(), 1, new Shape(input.channels(), TileWeights.PLACES, most));
    multiplied =
        new Value(
            "products of " + output.name(),
            1,
            new Shape(output.channels(), TileWeights.PLACES, most));
    int wider = Math.max(input.channels(), output.channels());
    rows = new float[crew.members()][4 * (2 * tiles + 2) * input.channels()];
    results = new float[crew.members()][2 * 2 * tiles * output.channels()];
    places = new float[crew.members()][TileWeights.PLACES * (tiles * wider + GAP)];
  }

  /** Whether this can compute a convolution with this window. */
  public static boolean computes(Window window) {
    return window.kernel() == 3 && window.stride() == 1;
  }

  private static int rowsOfTiles(Shape shape) {
    return (shape.height() + 1) / 2;
  }

  @Override
  public boolean endWith(Join join) {
    if (join.canFuseInto(output)) {
      end = join;
      return true;
    }
    return false;
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(entered);
    now.needs(multiplied);
    super.planForward(now);
    if (end != null) {
      end.planForward(now);
    }
  }

  @Override
  public void forward() {
    weights.refresh(crew);
    if (end != null) {
      end.prepare();
    }
    for (firstRow = 0; firstRow < rowsOfTiles; firstRow = lastRow) {
      lastRow = Math.min(rowsOfTiles, firstRow + rowsAtATime);
      crew.together(this::enter);
      crew.together(this::multiply);
      crew.together(this::leave);
    }
  }

  /** A member's first row of tiles. */
  private int start(int member) {
    return firstRow + crew.start(lastRow - firstRow, member);
  }

  private void enter(int member) {
    int channels = input.channels();
    int pitch = tiles * channels + GAP;
    int place = (lastRow - firstRow) * tiles * channels;
    for (int row = start(member); row < start(member + 1); row++) {
      read(row, rows[member]);
      crew.loops().enterTiles(rows[member], tiles, channels, places[member], pitch);
      for (int p = 0; p < TileWeights.PLACES; p++) {
        int to = p * place + (row - firstRow) * tiles * channels;
        entered.map().memory().put(to, places[member], p * pitch, tiles * channels);
      }
    }
  }

  /** Reads the four input rows of a row of tiles; the padding at both sides stays 0. */
  private void read(int rowOfTiles, float[] to) {
    FeatureMap from = input.map();
    int channels = from.channels();
    int perImage = rowsOfTiles(output.shape());
    int image = rowOfTiles / perImage;
    int length = (2 * tiles + 2) * channels;
    for (int r = 0; r < 4; r++) {
      int y = rowOfTiles % perImage * 2 + r - padding;
      int at = r * length;
      if (y < 0 || y >= from.height()) {
        Arrays.fill(to, at, at + length, 0);
      } else {
        int position = (image * from.height() + y) * from.width();
        from.read(position, from.width(), to, at + padding * channels);
      }
    }
  }

  /** Computes a member's rows of the 16 matrix products, whose operands are stacked. */
  private void multiply(int member) {
    int round = (lastRow - firstRow) * tiles;
    int last = crew.start(TileWeights.PLACES * round, member + 1);
    for (int from = crew.start(TileWeights.PLACES * round, member); from < last; ) {
      int place = from / round;
      int count = Math.min(last, (place + 1) * round) - from;
      Matrix x = entered.matrix().rows(from, count);
      Gemm.times(x, weights.place(place), 0, multiplied.matrix().rows(from, count));
      from += count;
    }
  }

  private void leave(int member) {
    FeatureMap to = output.map();
    int channels = to.channels();
    int pitch = tiles * channels + GAP;
    int place = (lastRow - firstRow) * tiles * channels;
    int perImage = rowsOfTiles(output.shape());
    float[] result = results[member];
    for (int row = start(member); row < start(member + 1); row++) {
      for (int p = 0; p < TileWeights.PLACES; p++) {
        int from = p * place + (row - firstRow) * tiles * channels;
        multiplied.map().memory().get(from, places[member], p * pitch, tiles * channels);
      }
      crew.loops().leaveTiles(places[member], tiles, channels, pitch, result);
      int y = row % perImage * 2;
      int position = (row / perImage * to.height() + y) * to.width();
      int count = Math.min(2, to.height() - y);
      for (int r = 0; r < count; r++) {
        to.write(position + r * to.width(), to.width(), result, r * 2 * tiles * channels);
      }
      if (end != null) {
        end.apply(position, position + count * to.width(), member);
      }
    }
  }

  @Override
  public void backward() {
    throw new IllegalStateException("tiles are for evaluation");
  }
}
