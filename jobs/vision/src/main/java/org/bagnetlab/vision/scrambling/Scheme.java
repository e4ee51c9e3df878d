package org.bagnetlab.vision.scrambling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * How a seed and an image's name, its path in the data set, decide over the permutation of its
 * tiles.
 */
public enum Scheme {
  /**
   * Seeds {@link Random} with seed * 0x9E3779B97F4A7C15 + the name's {@link String#hashCode()}.
   * Names that differ in one character get seeds that are close together, and so permutations that
   * resemble each other. Kept for runs of earlier versions, which have the preparation {@code
   * floating-point}.
   */
  NAME_HASH {
    @Override
    Random random(int tilesASide, long seed, String name) {
      return new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }
  },

  /**
   * Seeds {@link Random} with the first eight bytes, most significant first, of the SHA-256 of the
   * UTF-8 text {@code scramble 2, GRID, SEED, NAME}. That of new runs, of imported networks, and of
   * all grids of the experiment {@code scramble}.
   */
  DIGEST {
    @Override
    Random random(int tilesASide, long seed, String name) {
      String text = "scramble 2, %d, %d, %s".formatted(tilesASide, seed, name);
      return new Random(ByteBuffer.wrap(digest(text)).getLong());
    }
  };

  /** The random numbers that an image's permutation is drawn with. */
  abstract Random random(int tilesASide, long seed, String name);

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }
}
