package org.bagnetlab.engine.nd4j.cpu.onednn;

/** How a number is stored. */
public enum NumberType {
  /** With 23 fraction bits. */
  FLOAT32(3, Float.BYTES),
  /** The upper half of a float32 number, with 7 fraction bits. */
  BFLOAT16(2, Short.BYTES);

  /** The value of {@code dnnl_data_type_t}. */
  private final int code;

  private final int bytes;

  NumberType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** The size of a number. */
  public int bytes() {
    return bytes;
  }

  /** The number of floats whose memory is large enough for some numbers of this type. */
  public long floats(long count) {
    return (count * bytes + Float.BYTES - 1) / Float.BYTES;
  }
}
