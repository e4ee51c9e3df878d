package org.bagnetlab.experiment.saliency;

import java.util.List;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * Shows which pixels of an image matter for a class, by each kind of saliency map available for a
 * network, so that networks without a heatmap can be compared with others.
 */
public final class SaliencyExperiment extends NetworkExperiment {

  static final String NAME = "saliency";

  /** Values at which the colour scale of each method's maps ends. */
  public static final Parameter<ColourScale> SCALE =
      Parameter.of(
              "scale",
              "Colour scale",
              "Whether the maps of the whole and the scrambled image have the same colours for the"
                  + " same values.",
              new Choice<>(ColourScale.class, ColourScale::label))
          .incidental()
          .defaultsTo(ColourScale.OWN);

  private static final Metric SALIENCY = Metric.of("saliency", "Saliency", Metric.Unit.NONE);

  /**
   * How much each pixel matters for the class. The facts of each map name its method, {@code
   * saliency}, which determines the unit of its values: different methods cannot be compared.
   */
  public static final Output MAPS = Output.map("saliency-maps", "Saliency maps", SALIENCY);

  public SaliencyExperiment() {
    super(
        NAME,
        "Saliency maps",
        "Map which pixels of an image count for a class: input gradient, gradient times input and"
            + " Grad-CAM of any network, and a BagNet's heatmap.",
        new Source(
            "Simonyan et al., Deep inside convolutional networks: Visualising image classification"
                + " models and saliency maps, ICLR workshop 2014",
            "3; Selvaraju et al., Grad-CAM, ICCV 2017, 3; Shrikumar et al., Learning important features"
                + " through propagating activation differences, ICML 2017, 2.2"),
        Subject.network(),
        NetworkParameters.onImage(SCALE),
        List.of(HeatmapExperiment.PICTURES, MAPS));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Saliency maps of %s%s"
        .formatted(
            spec.networkAndImage(), spec.get(SCALE) == ColourScale.COMMON ? ", common scale" : "");
  }

  /** The image and all its maps, whole and scrambled. */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return 2 * (1 + SaliencyMethod.cost(workload));
  }

  @Override
  public boolean interactive() {
    return true;
  }
}
