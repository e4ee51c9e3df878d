package org.bagnetlab.vision.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * Grad-CAM at the last feature map (Selvaraju et al., Grad-CAM, ICCV 2017, section 3): the ReLU of
 * the sum of the channels, each weighted by its gradient averaged over positions. All networks here
 * end in a global average pool and a linear layer, so this gradient is the class's row of the
 * classifier divided by the number of positions, and no backward pass is needed: the sum is the map
 * of logits without the bias, divided by the number of positions (their appendix A).
 *
 * <p>The paper stretches the map over the image. Here a position's value is placed at the centre of
 * its receptive field, with bilinear interpolation between these centres.
 */
public final class GradCam implements Saliency {

  private final Network network;
  private final float[] bias;
  private final double first;
  private final int step;

  /** Creates explanations of a network with its current weights. */
  public GradCam(Network network) {
    this.network = network;
    Architecture architecture = network.architecture();
    bias =
        Objects.requireNonNull(network.weights().get(architecture.classifier().name() + ".bias"));
    first = SeenPatch.of(architecture, new Position(0, 0)).row();
    step = ArchitectureDescription.of(architecture).outputStride();
  }

  @Override
  public List<SaliencyMap> maps(Batch images, int[] labels) {
    LogitMap logits = network.logitMap(images);
    List<SaliencyMap> maps = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      maps.add(
          new Points(first, step, logits.width(), values(logits, i, labels[i]))
              .map(images.width()));
    }
    return maps;
  }

  private float[] values(LogitMap logits, int image, int label) {
    int positions = logits.height() * logits.width();
    float[] values = new float[positions];
    for (int i = 0; i < positions; i++) {
      float logit = logits.at(image, label, i / logits.width(), i % logits.width());
      values[i] = Math.max(0, logit - bias[label]) / positions;
    }
    return values;
  }
}
