package org.bagnetlab.worker.evidence;

import org.bagnetlab.experiment.evidence.PointGrid;
import org.bagnetlab.vision.heatmap.PatchLogits;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * The points of an image at which evidence is recorded: every eighth pixel, or every fourth in
 * small images, where patches of every field up to 33 pixels can have their centres. The image is
 * cropped so that a network's own patches have their centres there; nothing is interpolated.
 *
 * @param field side of the network's patches in pixels, odd
 * @param stride distance between neighbouring patches in pixels
 * @param image side of the image in pixels
 */
record EvidencePoints(int field, int stride, int image) {

  private PointGrid grid() {
    return new PointGrid(stride, image);
  }

  /** Number of points in a row, and in a column. */
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
   * The logits of one class per image at all points of the image.
   *
   * @param labels class index for each image
   * @return the logits by image, then row by row
   */
  double[][] logits(Network network, Batch images, int[] labels) {
    int pixels = (side() - 1) * distance() + field;
    int start = first() - (field - 1) / 2;
    LogitMap map =
        PatchLogits.of(network, distance())
            .maps(images.crop(start, start, pixels, pixels), passed -> {});
    double[][] values = new double[images.images()][side() * side()];
    for (int i = 0; i < labels.length; i++) {
      for (int point = 0; point < values[i].length; point++) {
        values[i][point] = map.at(i, labels[i], point / side(), point % side());
      }
    }
    return values;
  }
}
