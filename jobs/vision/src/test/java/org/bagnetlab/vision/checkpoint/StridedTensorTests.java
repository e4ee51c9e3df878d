package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AddLifecycleHook(TryTimeLimit.class)
class StridedTensorTests {

  /** Memory of any order of dimensions, as channels-last and transposed tensors have it. */
  @Property
  void anyOrderOfDimensionsInMemoryGivesTheSameTensor(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 4) Integer> shape,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll long order)
      throws IOException {
    List<Integer> fastestFirst =
        new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(shape.size()).toList());
    Collections.shuffle(fastestFirst, new Random(order));
    Long[] strides = new Long[shape.size()];
    long elements = 1;
    for (int dimension : fastestFirst) {
      strides[dimension] = elements;
      elements *= shape.get(dimension);
    }
    TensorStorage storage = new TensorStorage(ElementType.FLOAT32, "0", 0, offset + elements);
    StridedTensor tensor = new StridedTensor(storage, offset, shape, List.of(strides));
    tensor.check("a");
    ByteBuffer bytes = ByteBuffer.allocate((int) (4 * (offset + elements)));
    // Each value is its place in the row-major order, written where the strides say.
    for (int i = 0; i < elements; i++) {
      long place = offset;
      int rest = i;
      for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
        place += rest % shape.get(dimension) * strides[dimension];
        rest /= shape.get(dimension);
      }
      bytes.putFloat((int) (4 * place), i);
    }
    float[] values = tensor.read(bytes).values();
    for (int i = 0; i < elements; i++) {
      assertThat(values[i]).isEqualTo(i);
    }
  }

  /** Whatever a file says, what is checked can be read. */
  @Property
  void noNumbersReadOutsideTheStorage(
      @ForAll @IntRange(max = 40) int held,
      @ForAll long offset,
      @ForAll @Size(max = 9) List<@IntRange(min = -1, max = 6) Integer> shape,
      @ForAll @Size(max = 9) List<@LongRange(min = -1, max = 50) Long> strides) {
    TensorStorage storage = new TensorStorage(ElementType.INT8, "0", 0, held);
    for (long first : List.of(offset, Math.floorMod(offset, 8L), Long.MAX_VALUE)) {
      StridedTensor tensor = new StridedTensor(storage, first, shape, strides);
      try {
        tensor.check("a");
      } catch (IOException e) {
        continue;
      }
      assertThat(tensor.read(ByteBuffer.allocate(held)).values().length).isLessThanOrEqualTo(held);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0, 2147483647, 9223372036854775807, repeats",
    "4, 0, 3, 2, exceeds",
    "4, 4, 1, 1, starts beyond",
    "4, 9223372036854775807, 2, 9223372036854775807, starts beyond",
    "4, 0, 4, 0, ''",
    "1, 0, 5, 0, repeats",
    "4, -1, 1, 1, negative",
    "4, 0, 1, 9223372036854775807, ''",
    "0, 0, 0, 1, ''",
  })
  void viewsAreHeldToTheirStorage(long held, long offset, int size, long stride, String fault)
      throws IOException {
    StridedTensor tensor =
        new StridedTensor(
            new TensorStorage(ElementType.FLOAT64, "0", 0, held),
            offset,
            List.of(size),
            List.of(stride));
    if (fault.isEmpty()) {
      tensor.check("conv1.weight");
    } else {
      assertThatThrownBy(() -> tensor.check("conv1.weight"))
          .hasMessageContaining("conv1.weight")
          .hasMessageContaining(fault);
    }
  }

  /** Bytes and values from IEEE 754's tables. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 0x3C00, 1",
    "FLOAT16, 0xC000, -2",
    "FLOAT16, 0x7BFF, 65504",
    "FLOAT16, 0x0400, 6.103515625e-5",
    "FLOAT16, 0x0001, 5.960464477539063e-8",
    "FLOAT16, 0x83FF, -6.097555160522461e-5",
    "FLOAT16, 0x3555, 0.333251953125",
    "FLOAT16, 0x8000, -0.0",
    "FLOAT16, 0x7C00, Infinity",
    "FLOAT16, 0xFC00, -Infinity",
    "FLOAT16, 0x7E00, NaN",
    "BFLOAT16, 0x3F80, 1",
    "BFLOAT16, 0xC049, -3.140625",
    "BFLOAT16, 0x7F80, Infinity",
    "INT16, 0xFFFE, -2",
  })
  void twoBytesAreTheValueOfTheirType(ElementType type, String bits, Float expected) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(2, Integer.decode(bits).shortValue());
    assertThat(type.read(bytes, 1)).isEqualTo(expected);
  }

  @Test
  void aStorageThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> new TensorStorage(ElementType.BOOL, "0", 0, 1L << 31))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
