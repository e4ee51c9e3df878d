package org.bagnetlab.server.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes valid inputs; the same seed and iteration give the same input on every machine. */
final class Mutation {

  /** Where readers turn from right to wrong: signs, widths, one more, one less. */
  private static final long[] BOUNDARIES = {
    0,
    1,
    -1,
    Byte.MAX_VALUE,
    Byte.MIN_VALUE,
    255,
    Short.MAX_VALUE,
    Short.MIN_VALUE,
    65_535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFF_FFFFL,
    1L << 40,
    1L << 60,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
  };

  private static final int MOST_STEPS = 6;
  private static final int LONGEST_BLOCK = 256;

  /** Inputs stay so small that each is read in milliseconds. */
  static final int MOST_BYTES = 1 << 18;

  private final List<byte[]> seeds;
  private final Structure structure;

  /** Changes an input as only one who knows its format can. */
  @FunctionalInterface
  interface Structure {
    /** Another input. */
    byte[] change(byte[] input, SplittableRandom random);
  }

  Mutation(List<byte[]> seeds, Structure structure) {
    this.seeds = seeds;
    this.structure = structure;
  }

  /** The input of an iteration; the first ones are the valid inputs themselves. */
  byte[] input(long seed, long iteration) {
    if (iteration < seeds.size()) {
      return seeds.get((int) iteration).clone();
    }
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + iteration);
    byte[] input = any(random);
    for (int steps = random.nextInt(1, MOST_STEPS); steps > 0; steps--) {
      input = random.nextBoolean() ? structure.change(input, random) : changed(input, random);
    }
    return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
  }

  private byte[] any(SplittableRandom random) {
    return seeds.get(random.nextInt(seeds.size())).clone();
  }

  private byte[] changed(byte[] input, SplittableRandom random) {
    if (input.length == 0) {
      return any(random);
    }
    int at = random.nextInt(input.length);
    int block = Math.min(random.nextInt(1, LONGEST_BLOCK), input.length - at);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(input, at, random);
      case 1 -> Arrays.copyOf(input, at);
      case 2 -> replaced(input, at, block, new byte[0]);
      case 3 -> replaced(input, at, 0, Arrays.copyOfRange(input, at, at + block));
      case 4 -> copied(input, at, block, random);
      case 5 -> number(input, at, random);
      case 6 -> repeated(input, at, Math.min(block, 16), random);
      default -> spliced(input, at, any(random), random);
    };
  }

  private static byte[] flipped(byte[] input, int at, SplittableRandom random) {
    input[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return input;
  }

  private static byte[] copied(byte[] input, int at, int block, SplittableRandom random) {
    System.arraycopy(input, random.nextInt(input.length - block + 1), input, at, block);
    return input;
  }

  private static byte[] repeated(byte[] input, int at, int block, SplittableRandom random) {
    ByteBuffer times = ByteBuffer.allocate(block * random.nextInt(2, 1000));
    while (times.hasRemaining()) {
      times.put(input, at, block);
    }
    return replaced(input, at, block, times.array());
  }

  private static byte[] spliced(byte[] input, int at, byte[] other, SplittableRandom random) {
    int from = random.nextInt(other.length + 1);
    return replaced(input, at, input.length - at, Arrays.copyOfRange(other, from, other.length));
  }

  /** An integer at the border of something, of any width and order of bytes. */
  static byte[] number(byte[] input, int at, SplittableRandom random) {
    ByteBuffer eight =
        ByteBuffer.allocate(Long.BYTES)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int width = 1 << random.nextInt(4);
    eight.putLong(0, BOUNDARIES[random.nextInt(BOUNDARIES.length)]);
    int from = eight.order() == ByteOrder.BIG_ENDIAN ? Long.BYTES - width : 0;
    int length = Math.min(width, input.length - at);
    System.arraycopy(eight.array(), from, input, at, length);
    return input;
  }

  /** The input with other bytes instead of some. */
  static byte[] replaced(byte[] input, int at, int length, byte[] by) {
    ByteBuffer whole = ByteBuffer.allocate(input.length - length + by.length);
    whole.put(input, 0, at).put(by).put(input, at + length, input.length - at - length);
    return whole.array();
  }
}
