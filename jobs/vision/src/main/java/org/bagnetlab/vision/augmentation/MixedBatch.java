package org.bagnetlab.vision.augmentation;

import java.util.List;
import org.bagnetlab.vision.network.Batch;

/**
 * A batch whose images are mixed with each other.
 *
 * @param batch the mixed images
 * @param targets probabilities to be learnt, [image, class]
 */
public record MixedBatch(Batch batch, float[] targets) {

  /**
   * Mixes the images of a batch: the first with the last, the second with the last but one, and so
   * on, each as it was before mixing. The middle image of an odd number remains as it is.
   *
   * @param batch normalised square images, which are not changed
   * @param labels class of each image
   * @param classes number of classes
   * @param mixings how each image is mixed
   */
  public static MixedBatch of(Batch batch, int[] labels, int classes, List<Mixing> mixings) {
    if (labels.length != batch.images() || mixings.size() != batch.images()) {
      throw new IllegalArgumentException(
          "%d images have %d labels and %d mixings"
              .formatted(batch.images(), labels.length, mixings.size()));
    }
    float[] mixed = batch.values().clone();
    float[] targets = new float[batch.images() * classes];
    for (int image = 0; image < batch.images(); image++) {
      int partner = batch.images() - 1 - image;
      Mixing mixing = partner == image ? new Mixing.None() : mixings.get(image);
      switch (mixing) {
        case Mixing.None none -> {}
        case Mixing.Mixup mixup -> average(batch, image, partner, (float) mixup.share(), mixed);
        case Mixing.CutMix cutMix -> paste(batch, image, partner, cutMix, mixed);
      }
      float share = (float) mixing.share();
      targets[image * classes + labels[image]] += share;
      targets[image * classes + labels[partner]] += 1 - share;
    }
    return new MixedBatch(
        new Batch(mixed, batch.images(), batch.channels(), batch.height(), batch.width()), targets);
  }

  private static void average(Batch batch, int image, int partner, float share, float[] mixed) {
    int length = batch.channels() * batch.height() * batch.width();
    for (int i = 0; i < length; i++) {
      mixed[image * length + i] =
          batch.values()[partner * length + i] * (1 - share)
              + batch.values()[image * length + i] * share;
    }
  }

  private static void paste(
      Batch batch, int image, int partner, Mixing.CutMix cutMix, float[] mixed) {
    for (int channel = 0; channel < batch.channels(); channel++) {
      for (int row = cutMix.top(); row < cutMix.top() + cutMix.height(); row++) {
        System.arraycopy(
            batch.values(),
            start(batch, partner, channel, row) + cutMix.left(),
            mixed,
            start(batch, image, channel, row) + cutMix.left(),
            cutMix.width());
      }
    }
  }

  private static int start(Batch batch, int image, int channel, int row) {
    return ((image * batch.channels() + channel) * batch.height() + row) * batch.width();
  }
}
