package org.bagnetlab.experiment.heatmap;

import java.util.List;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.protocol.HeatmapMode;

/** Shows where in an image a BagNet, trained here or imported, sees the evidence for a class. */
public final class HeatmapExperiment extends NetworkExperiment {

  static final String NAME = "heatmap";

  /**
   * Maximum number of classes drawn together. At 224 pixels and stride 1 a class's map takes 0.2 MB
   * of memory, and its files for the image, whole and scrambled, half a megabyte on disk.
   */
  public static final int MOST_CLASSES = 100;

  /** Distance between patches in pixels. */
  public static final Parameter<Integer> STRIDE =
      Parameter.of(
              "stride",
              "Stride",
              "Distance between patches in pixels; a coarse map is shown first.",
              new Stride())
          .in("px")
          .defaultsTo(1);

  /** How the image is prepared and the logits are shown. */
  public static final Parameter<HeatmapMode> MODE =
      Parameter.of(
              "mode",
              "Mode",
              "Preprocessing of the image and display of the logits.",
              new Choice<>(HeatmapMode.class, HeatmapMode::label))
          .defaultsTo(HeatmapMode.FAITHFUL);

  /** Whether the logits of all classes are drawn. */
  public static final Parameter<ShownClasses> CLASSES =
      Parameter.of(
              "classes",
              "Classes",
              "Draw the heatmap of one class, or those of all classes, of at most %d."
                  .formatted(MOST_CLASSES),
              new Choice<>(ShownClasses.class, ShownClasses::label))
          .incidental()
          .defaultsTo(ShownClasses.ONE);

  /** Values at which the colour scale ends. */
  public static final Parameter<ColourScale> SCALE =
      Parameter.of(
              "scale",
              "Colour scale",
              "Whether all maps of the job have the same colours for the same values.",
              new Choice<>(ColourScale.class, ColourScale::label))
          .incidental()
          .defaultsTo(ColourScale.OWN);

  /** An image, whole and scrambled, as the network sees it. */
  public static final Output PICTURES = Output.pictures("pictures", "Images");

  /** A class's logit for the patch centred at each pixel. */
  public static final Output HEATMAP = Output.map("heatmap", "Heatmap", Metric.LOGIT);

  public HeatmapExperiment() {
    super(
        NAME,
        "Heatmap",
        "Map where in an image a BagNet finds evidence for a class.",
        new Source(Source.PAPER, "3.3"),
        Subject.network(Requirement.localReceptiveField("it has no heatmap")),
        NetworkParameters.onImage(STRIDE, MODE, CLASSES, SCALE),
        List.of(PICTURES, HEATMAP));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "%s of %s%s%s%s"
        .formatted(
            spec.get(CLASSES) == ShownClasses.ALL ? "Heatmaps of all classes" : "Heatmap",
            spec.networkAndImage(),
            spec.get(STRIDE) == 1 ? "" : ", stride " + spec.get(STRIDE),
            spec.get(MODE) == HeatmapMode.REPORT ? ", as in the report" : "",
            spec.get(SCALE) == ColourScale.COMMON ? ", common scale" : "");
  }

  /**
   * The cost is the same for one class and for all, because a forward pass computes the logits of
   * every class.
   */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return 2 * workload.heatmap(spec.get(STRIDE));
  }

  @Override
  public boolean interactive() {
    return true;
  }
}
