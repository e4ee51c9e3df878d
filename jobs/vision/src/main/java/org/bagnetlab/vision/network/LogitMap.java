package org.bagnetlab.vision.network;

/**
 * The logits of every position of a batch's feature maps.
 *
 * @param values [image, class, row, column], row-major
 * @param images number of images
 * @param classes number of classes
 * @param height rows of a map
 * @param width columns of a map
 */
public record LogitMap(float[] values, int images, int classes, int height, int width) {

  /** One position's logit. */
  public float at(int image, int label, int row, int column) {
    return values[((image * classes + label) * height + row) * width + column];
  }
}
