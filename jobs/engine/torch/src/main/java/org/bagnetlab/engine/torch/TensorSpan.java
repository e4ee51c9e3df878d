package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.architecture.Tensor;
import org.bytedeco.pytorch.LongOptional;

/**
 * The place of a named tensor in a flat tensor. The weights of convolutions are stored channels
 * last, like feature maps, although their shape is PyTorch's [out, in, row, column].
 *
 * @param tensor its description in the architecture
 * @param sizes shape of the tensor
 * @param strides distances between neighbouring values in each dimension
 * @param offset offset of its first value
 */
record TensorSpan(Tensor tensor, long[] sizes, long[] strides, long offset) {

  /**
   * Offsets are multiples of this number of values, since libraries need tensors to be aligned with
   * vectors and cache lines.
   */
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

  /** The offset of the next tensor. */
  long end() {
    return (offset + tensor.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** A view of this tensor's part. */
  org.bytedeco.pytorch.Tensor in(org.bytedeco.pytorch.Tensor flat) {
    return flat.as_strided(sizes, strides, new LongOptional(offset));
  }
}
