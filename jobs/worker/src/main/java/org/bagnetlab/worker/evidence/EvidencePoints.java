package org.bagnetlab.worker.evidence;

import org.bagnetlab.experiment.evidence.PointGrid;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * The points of an image at which evidence is kept: every eighth pixel, or every fourth in small
 * images, at which patches of every field up to 33 pixels can have their centres. The image is
 * cropped so that a network's own patches have theirs there; nothing is interpolated.
 *
 * @param field side of the network's patches in pixels, odd
 * @param stride distance between neighbouring patches in pixels
 * @param image side of the image in pixels
 */
record EvidencePoints(int field, int stride, int image) {

  private PointGrid grid() {
    return new PointGrid(stride, image);
  }

  /** Points in a row, and in a column. */
  int side() {
    return grid().patches() * grid().shifts();
  }

  /** Position of the first point in pixels. */
  int first() {
    return (PointGrid.LARGEST_FIELD - 1) / 2;
  }

  /** Distance between neighbouring points in pixels. */
  int distance() {
    return stride / grid().shifts();
  }

  /**
   * The logits of a class at all points of each image.
   *
   * @param labels a class for each image
   * @return by the image, then row by row
   */
  double[][] logits(Network network, Batch images, int[] labels) {
    double[][] values = new double[images.images()][side() * side()];
    int shifts = grid().shifts();
    int patches = grid().patches();
    for (int down = 0; down < shifts; down++) {
      for (int right = 0; right < shifts; right++) {
        LogitMap map =
            network.logitMap(
                crop(images, start() + down * stride / 2, start() + right * stride / 2));
        for (int i = 0; i < labels.length; i++) {
          for (int row = 0; row < patches; row++) {
            for (int column = 0; column < patches; column++) {
              values[i][(row * shifts + down) * side() + column * shifts + right] =
                  map.at(i, labels[i], row, column);
            }
          }
        }
      }
    }
    return values;
  }

  /** Where the first patch begins. */
  private int start() {
    return first() - (field - 1) / 2;
  }

  private Batch crop(Batch images, int top, int left) {
    int side = grid().crop(field);
    float[] values = new float[images.images() * images.channels() * side * side];
    for (int plane = 0; plane < images.images() * images.channels(); plane++) {
      for (int row = 0; row < side; row++) {
        System.arraycopy(
            images.values(),
            (plane * images.height() + top + row) * images.width() + left,
            values,
            (plane * side + row) * side,
            side);
      }
    }
    return new Batch(values, images.images(), images.channels(), side, side);
  }
}
