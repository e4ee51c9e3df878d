package org.bagnetlab.vision.augmentation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * The random numbers for an image in an epoch. Each purpose has its own generator, seeded with the
 * first eight bytes, most significant first, of the SHA-256 of the UTF-8 text {@code augmentation
 * 1, PURPOSE, SEED, EPOCH, PATH}.
 *
 * @param seed seed of the training's augmentations
 * @param epoch the epoch, counted from 1
 * @param path the image's path in its data set
 */
record Draws(long seed, int epoch, String path) {

  /** A new generator for a purpose, such as the name of an augmentation. */
  Random random(String purpose) {
    String text = "augmentation 1, " + purpose + ", " + seed + ", " + epoch + ", " + path;
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return new Random(ByteBuffer.wrap(digest).getLong());
  }
}
