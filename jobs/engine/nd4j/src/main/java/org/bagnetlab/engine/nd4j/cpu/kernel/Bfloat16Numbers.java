package org.bagnetlab.engine.nd4j.cpu.kernel;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/** Numbers that are stored as bfloat16. */
record Bfloat16Numbers(MemorySegment segment) implements Numbers {

  /** Makes a NaN quiet, so that it does not become infinity without its lower bits. */
  static final int QUIET = 0x400000;

  /** All but the last bit of those that rounding removes. */
  static final int NEARLY_HALF = 0x7fff;

  /** The bits of the largest number; those of NaNs without a sign are larger. */
  static final short INFINITY = 0x7f80;

  private static final Loops LOOPS = FastPath.fastest();

  /** The nearest bfloat16 number. */
  static short rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    int moved = Float.isNaN(value) ? bits | QUIET : bits + NEARLY_HALF + (bits >>> 16 & 1);
    return (short) (moved >>> 16);
  }

  static float widened(short number) {
    return Float.intBitsToFloat(number << 16);
  }

  @Override
  public NumberType type() {
    return NumberType.BFLOAT16;
  }

  @Override
  public Numbers from(int index) {
    return new Bfloat16Numbers(memory(index));
  }

  @Override
  public MemorySegment memory(int index) {
    return segment.asSlice((long) index * Short.BYTES);
  }

  @Override
  public float get(int index) {
    return widened(segment.getAtIndex(JAVA_SHORT_UNALIGNED, index));
  }

  @Override
  public void put(int index, float value) {
    segment.setAtIndex(JAVA_SHORT_UNALIGNED, index, rounded(value));
  }

  @Override
  public void get(int index, float[] values, int at, int count) {
    LOOPS.widen(segment, index, values, at, count);
  }

  @Override
  public void put(int index, float[] values, int at, int count) {
    LOOPS.round(values, at, count, segment, index);
  }
}
