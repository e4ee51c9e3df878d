package org.bagnetlab.vision.saliency;

import java.util.List;
import org.bagnetlab.vision.network.Batch;

/** A way to say which pixels of an image count for a class. */
@FunctionalInterface
public interface Saliency {

  /**
   * Explains a class of each image.
   *
   * @param images square, of the size that the network was built for
   * @param labels a class for each image
   * @return a map for each image
   */
  List<SaliencyMap> maps(Batch images, int[] labels);
}
