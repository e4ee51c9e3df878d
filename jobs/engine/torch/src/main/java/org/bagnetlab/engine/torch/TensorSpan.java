package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.architecture.Tensor;
import org.bytedeco.pytorch.LongOptional;

/**
 * Where a named tensor lies in a flat one. The weights of convolutions lie channels last, as their
 * feature maps, though their shape is PyTorch's [out, in, row, column].
 *
 * @param tensor what a checkpoint says of it
 * @param sizes its shape
 * @param strides distances of neighbours in each dimension
 * @param offset of its first value
 */
record TensorSpan(Tensor tensor, long[] sizes, long[] strides, long offset) {

  /** Values between starts: libraries want them where vectors and cache lines start. */
  private static final int ALIGNMENT = 64;

  static TensorSpan of(Tensor tensor, long offset) {
    long[] sizes = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    return new TensorSpan(
        tensor, sizes, sizes.length == 4 ? channelsLast(sizes) : rows(sizes), offset);
  }

  private static long[] channelsLast(long[] sizes) {
    long inputs = sizes[1];
    return new long[] {inputs * sizes[2] * sizes[3], 1, inputs * sizes[3], inputs};
  }

  private static long[] rows(long[] sizes) {
    return sizes.length == 1 ? new long[] {1} : new long[] {sizes[1], 1};
  }

  /** Where the next tensor starts. */
  long end() {
    return (offset + tensor.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** This tensor's part, as a view. */
  org.bytedeco.pytorch.Tensor in(org.bytedeco.pytorch.Tensor flat) {
    return flat.as_strided(sizes, strides, new LongOptional(offset));
  }
}
