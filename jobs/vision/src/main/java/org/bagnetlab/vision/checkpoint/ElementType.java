package org.bagnetlab.vision.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type of a stored tensor's values, with their conversion to float32. Values are little-endian.
 */
enum ElementType {
  FLOAT64("float64", "F64", "DoubleStorage", 8),
  FLOAT32("float32", "F32", "FloatStorage", 4),
  FLOAT16("float16", "F16", "HalfStorage", 2),
  BFLOAT16("bfloat16", "BF16", "BFloat16Storage", 2),
  INT64("int64", "I64", "LongStorage", 8),
  INT32("int32", "I32", "IntStorage", 4),
  INT16("int16", "I16", "ShortStorage", 2),
  INT8("int8", "I8", "CharStorage", 1),
  UINT8("uint8", "U8", "ByteStorage", 1),
  BOOL("bool", "BOOL", "BoolStorage", 1);

  private final String label;
  private final String safetensors;
  private final String storage;
  private final int bytes;

  ElementType(String label, String safetensors, String storage, int bytes) {
    this.label = label;
    this.safetensors = safetensors;
    this.storage = storage;
    this.bytes = bytes;
  }

  /** The type with this name in a safetensors header. */
  static Optional<ElementType> inSafetensors(String name) {
    return Arrays.stream(values()).filter(type -> type.safetensors.equals(name)).findFirst();
  }

  /** The name in PyTorch, for example {@code float32}. */
  String label() {
    return label;
  }

  /** PyTorch's class of storages of this type, for example {@code FloatStorage}. */
  String storage() {
    return storage;
  }

  /** The size of one value in bytes. */
  int bytes() {
    return bytes;
  }

  /** Reads the value at this index. */
  float read(ByteBuffer values, int index) {
    int at = index * bytes;
    return switch (this) {
      case FLOAT64 -> (float) values.getDouble(at);
      case FLOAT32 -> values.getFloat(at);
      case FLOAT16 -> half(values.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(values.getShort(at) << 16);
      case INT64 -> values.getLong(at);
      case INT32 -> values.getInt(at);
      case INT16 -> values.getShort(at);
      case INT8 -> values.get(at);
      case UINT8 -> values.get(at) & 0xFF;
      case BOOL -> values.get(at) == 0 ? 0 : 1;
    };
  }

  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      return (sign == 0 ? 1 : -1) * (fraction * 0x1p-24f);
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
