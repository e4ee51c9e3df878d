package org.bagnetlab.vision.saliency;

import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * The magnitude of the gradient of the class's logit, summed over the channels of a pixel of the
 * normalised image (Simonyan et al., Deep inside convolutional networks, 2014, section 3; the paper
 * uses the maximum over channels instead).
 *
 * @param network any network
 */
public record InputGradient(Network network) implements Saliency {

  @Override
  public List<SaliencyMap> maps(Batch images, int[] labels) {
    float[] gradient = network.inputGradient(images, labels);
    return IntStream.range(0, images.images())
        .mapToObj(image -> PixelSums.of(images, image, i -> Math.abs(gradient[i])))
        .toList();
  }
}
