package org.bagnetlab.vision.masking;

import java.util.List;
import org.bagnetlab.vision.network.Batch;

/**
 * Classifies copies of an image, each with different parts masked.
 *
 * @param classifier the classifier of the copies
 * @param most maximum number of copies per batch
 */
public record MaskedCopies(Classifier classifier, int most) {

  /**
   * The logits of each copy.
   *
   * @param images a batch, which is not changed
   * @param image index of the image in the batch
   * @param masked the masked parts of each copy
   * @return [copy, class]
   */
  public float[][] logits(Batch images, int image, List<List<Square>> masked) {
    float[][] logits = new float[masked.size()][];
    for (int from = 0; from < logits.length; from += most) {
      List<List<Square>> some = masked.subList(from, Math.min(logits.length, from + most));
      float[][] found = classifier.logits(copies(images, image, some));
      System.arraycopy(found, 0, logits, from, some.size());
    }
    return logits;
  }

  private static Batch copies(Batch images, int image, List<List<Square>> masked) {
    int length = images.values().length / images.images();
    float[] values = new float[masked.size() * length];
    Batch copies =
        new Batch(values, masked.size(), images.channels(), images.height(), images.width());
    for (int copy = 0; copy < masked.size(); copy++) {
      System.arraycopy(images.values(), image * length, values, copy * length, length);
      for (Square square : masked.get(copy)) {
        square.mask(copies, copy);
      }
    }
    return copies;
  }
}
