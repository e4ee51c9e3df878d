package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/** Numbers that are stored as float32. */
record Float32Numbers(FloatBuffer buffer) implements Numbers {

  @Override
  public NumberType type() {
    return NumberType.FLOAT32;
  }

  @Override
  public Numbers from(int index) {
    return new Float32Numbers(buffer.slice(index, buffer.limit() - index));
  }

  @Override
  public MemorySegment memory(int index) {
    return MemorySegment.ofBuffer(buffer.duplicate().position(index));
  }

  @Override
  public float get(int index) {
    return buffer.get(index);
  }

  @Override
  public void put(int index, float value) {
    buffer.put(index, value);
  }

  @Override
  public void get(int index, float[] values, int at, int count) {
    buffer.get(index, values, at, count);
  }

  @Override
  public void put(int index, float[] values, int at, int count) {
    buffer.put(index, values, at, count);
  }
}
