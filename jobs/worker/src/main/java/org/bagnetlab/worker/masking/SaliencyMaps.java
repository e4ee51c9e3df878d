package org.bagnetlab.worker.masking;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.vision.architecture.Architecture;
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
   * The methods for a network. Where its last feature map has a single position, Grad-CAM would be
   * the same everywhere.
   */
  public static List<SaliencyMethod> methods(Network network) {
    Architecture architecture = network.architecture();
    return SaliencyMethod.of(architecture.localReceptiveField().isPresent()).stream()
        .filter(method -> method != SaliencyMethod.GRAD_CAM || !architecture.hasSinglePosition())
        .toList();
  }

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
