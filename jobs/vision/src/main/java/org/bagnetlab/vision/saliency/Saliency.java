package org.bagnetlab.vision.saliency;

import java.util.List;
import org.bagnetlab.vision.network.Batch;

/** A method that shows which pixels of an image matter for a class. */
@FunctionalInterface
public interface Saliency {

  /**
   * Explains a class of each image.
   *
   * @param images square images of the network's image size
   * @param labels a class for each image
   * @return a map for each image
   */
  List<SaliencyMap> maps(Batch images, int[] labels);
}
