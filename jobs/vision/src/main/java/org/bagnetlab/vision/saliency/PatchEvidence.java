package org.bagnetlab.vision.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * The heatmap of a bag of local features: the class's logit of the patch centred at each pixel
 * (Brendel and Bethge 2019), with bilinear interpolation between the centres of patches.
 *
 * @param network a network with a local receptive field
 * @param stride distance between patches in pixels, which divides the network's output stride
 */
public record PatchEvidence(Network network, int stride) implements Saliency {

  @Override
  public List<SaliencyMap> maps(Batch images, int[] labels) {
    int field = ArchitectureDescription.of(network.architecture()).patch();
    int first = (field - 1) / 2 % stride;
    return IntStream.range(0, images.images())
        .mapToObj(i -> map(single(images, i), labels[i], first))
        .toList();
  }

  private SaliencyMap map(Batch image, int label, int first) {
    Heatmap heatmap = Heatmap.of(network, image, label, stride, done -> {});
    return new Points(first, stride, heatmap.width(), heatmap.values()).map(image.width());
  }

  private static Batch single(Batch images, int image) {
    int length = images.values().length / images.images();
    float[] values = Arrays.copyOfRange(images.values(), image * length, (image + 1) * length);
    return new Batch(values, 1, images.channels(), images.height(), images.width());
  }
}
