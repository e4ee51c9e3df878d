package org.bagnetlab.worker.masking;

import java.util.Optional;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.saliency.GradCam;
import org.bagnetlab.vision.saliency.GradientTimesInput;
import org.bagnetlab.vision.saliency.InputGradient;
import org.bagnetlab.vision.saliency.PatchEvidence;
import org.bagnetlab.vision.saliency.Saliency;

/** Creates the saliency maps of each method. */
public final class SaliencyMaps {

  private SaliencyMaps() {}

  /**
   * The maps of a network with its current weights; empty if the method has none for this network.
   */
  public static Optional<Saliency> of(SaliencyMethod method, Network network) {
    return switch (method) {
      case HEATMAP -> Optional.of(new PatchEvidence(network, heatmapStride(network)));
      case GRADIENT -> Optional.of(new InputGradient(network));
      case GRADIENT_TIMES_INPUT -> Optional.of(new GradientTimesInput(network));
      case GRAD_CAM -> Optional.of(new GradCam(network));
      case RANDOM -> Optional.empty();
    };
  }

  private static int heatmapStride(Network network) {
    return Math.min(
        SaliencyMethod.HEATMAP_STRIDE,
        ArchitectureDescription.of(network.architecture()).outputStride());
  }
}
