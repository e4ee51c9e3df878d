package org.bagnetlab.engine.nd4j.cpu.memory;

import java.lang.foreign.MemorySegment;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;

/**
 * A batch of feature maps in native memory, or a view of some of its positions and channels. The
 * channels of a position are adjacent; positions follow row by row, and images one after another.
 *
 * @param memory memory that starts at the view's first value
 * @param images number of images
 * @param height rows of the view
 * @param width columns of the view
 * @param channels channels of the view
 * @param pitch number of values from the start of one position to the next
 * @param line number of positions from one row to the next
 * @param rows number of rows from one image to the next
 */
public record FeatureMap(
    Numbers memory,
    int images,
    int height,
    int width,
    int channels,
    int pitch,
    int line,
    int rows) {

  /** A feature map that uses a whole buffer. */
  static FeatureMap of(Numbers memory, int images, int height, int width, int channels) {
    return new FeatureMap(memory, images, height, width, channels, channels, width, height);
  }

  public int positions() {
    return images * height * width;
  }

  /** Whether positions follow each other without a gap. */
  public boolean gapless() {
    return line == width && (rows == height || images == 1);
  }

  /**
   * Whether values also follow each other without a gap, as in a plain matrix [positions,
   * channels].
   */
  public boolean plain() {
    return gapless() && pitch == channels;
  }

  /** The upper left part. */
  public FeatureMap cropped(int toHeight, int toWidth) {
    return new FeatureMap(memory, images, toHeight, toWidth, channels, pitch, line, rows);
  }

  /** The part that starts at a row and a column. */
  public FeatureMap from(int row, int column) {
    Numbers rest = memory.from((row * line + column) * pitch);
    return new FeatureMap(rest, images, height - row, width - column, channels, pitch, line, rows);
  }

  /** Every second row and column of an image, starting with the first. */
  public FeatureMap everySecond() {
    if (images != 1) {
      throw new IllegalStateException("rows of several images have no common stride");
    }
    return new FeatureMap(
        memory, 1, (height + 1) / 2, (width + 1) / 2, channels, 2 * pitch, line, rows);
  }

  /** The first channels. */
  FeatureMap first(int count) {
    return new FeatureMap(memory, images, height, width, count, pitch, line, rows);
  }

  /** A range of channels. */
  public FeatureMap channels(int from, int count) {
    return new FeatureMap(memory.from(from), images, height, width, count, pitch, line, rows);
  }

  /** One image. */
  FeatureMap image(int index) {
    Numbers rest = memory.from(index * rows * line * pitch);
    return new FeatureMap(rest, 1, height, width, channels, pitch, line, rows);
  }

  /** The offset of a position. */
  int offset(int position) {
    if (gapless()) {
      return position * pitch;
    }
    int row = position / width;
    return ((row / height * rows + row % height) * line + position % width) * pitch;
  }

  /** The number of positions, starting at the given one, that follow each other without a gap. */
  public int run(int position) {
    return gapless() ? positions() - position : width - position % width;
  }

  /** Whether the values of a run follow each other without a gap. */
  public boolean adjacent() {
    return pitch == channels;
  }

  /** The memory from a position on. */
  public MemorySegment memory(int position) {
    return memory.memory(offset(position));
  }

  private void checkRun(int position, int count) {
    if (count > run(position)) {
      throw new IllegalStateException(
          "%d positions from %d are not contiguous".formatted(count, position));
    }
  }

  /** Copies the values of positions within one run. */
  public void read(int position, int count, float[] values) {
    read(position, count, values, 0);
  }

  /** Copies the values of positions within one run into an array, starting at an index. */
  public void read(int position, int count, float[] values, int at) {
    checkRun(position, count);
    int offset = offset(position);
    if (pitch == channels) {
      memory.get(offset, values, at, count * channels);
      return;
    }
    for (int i = 0; i < count; i++) {
      memory.get(offset + i * pitch, values, at + i * channels, channels);
    }
  }

  /** Replaces the values of positions within one run. */
  public void write(int position, int count, float[] values) {
    write(position, count, values, 0);
  }

  /**
   * Replaces the values of positions within one run by values of an array, starting at an index.
   */
  public void write(int position, int count, float[] values, int at) {
    checkRun(position, count);
    int offset = offset(position);
    if (pitch == channels) {
      memory.put(offset, values, at, count * channels);
      return;
    }
    for (int i = 0; i < count; i++) {
      memory.put(offset + i * pitch, values, at + i * channels, channels);
    }
  }
}
