package org.bagnetlab.vision.saliency;

import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * The gradient of the class's logit times the normalised image, summed over the channels of a pixel
 * (Shrikumar et al., Learning important features through propagating activation differences, ICML
 * 2017, section 2.2). For a linear network, this is the contribution of a pixel to the logit
 * relative to the mean colour, which is 0 after normalisation.
 *
 * @param network any network
 */
public record GradientTimesInput(Network network) implements Saliency {

  @Override
  public List<SaliencyMap> maps(Batch images, int[] labels) {
    float[] gradient = network.inputGradient(images, labels);
    float[] values = images.values();
    return IntStream.range(0, images.images())
        .mapToObj(image -> PixelSums.of(images, image, i -> (double) gradient[i] * values[i]))
        .toList();
  }
}
