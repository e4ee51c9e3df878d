package org.bagnetlab.server.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Changes a token of the header, whose length is mostly said as it then is. */
final class SafetensorsHeader implements Mutation.Structure {

  private static final Mutation.Structure TOKENS = Tokens.json();

  @Override
  public byte[] change(byte[] input, SplittableRandom random) {
    if (input.length < Long.BYTES) {
      return input;
    }
    long said = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int end = (int) Math.max(Long.BYTES, Math.min(input.length, Long.BYTES + said));
    byte[] header = TOKENS.change(Arrays.copyOfRange(input, Long.BYTES, end), random);
    byte[] changed = Mutation.replaced(input, Long.BYTES, end - Long.BYTES, header);
    if (random.nextInt(8) > 0) {
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
    }
    return changed;
  }
}
