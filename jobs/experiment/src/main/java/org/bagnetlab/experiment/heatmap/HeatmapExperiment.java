package org.bagnetlab.experiment.heatmap;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Text;
import org.bagnetlab.protocol.HeatmapMode;

/** Where in an image a BagNet, trained here or imported, sees the evidence of a class. */
public final class HeatmapExperiment implements Experiment<HeatmapSpec> {

  static final String NAME = "heatmap";

  private static final Parameter<String> IMAGE =
      Parameter.of(
              "image",
              "Image",
              "Path in the data set, for example test/Suburb/image_0001.jpg.",
              new Text("image"))
          .otherwise(
              Default.absent("the run's first test image, of another data set the first image"));

  private static final Parameter<String> LABEL =
      Parameter.of("label", "Target class", "Class whose logits are shown.", new Text("class"))
          .otherwise(Default.absent("the predicted class"));

  private static final Parameter<Integer> STRIDE =
      Parameter.of(
              "stride",
              "Stride",
              "Distance between patches in pixels; a coarse map is shown first.",
              new Stride())
          .in("px")
          .otherwise(1);

  private static final Parameter<HeatmapMode> MODE =
      Parameter.of(
              "mode",
              "Mode",
              "Preprocessing of the image and display of the logits.",
              new Choice<>(HeatmapMode.class, HeatmapMode::label))
          .otherwise(HeatmapMode.FAITHFUL)
          .before(HeatmapMode.FAITHFUL);

  /** An image, whole and scrambled, as the network sees it. */
  public static final Output PICTURES = Output.pictures("pictures", "Images");

  /** The class's logit of the patch centred at each pixel. */
  public static final Output HEATMAP = Output.map("heatmap", "Heatmap", Metric.LOGIT);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Heatmap";
  }

  @Override
  public String summary() {
    return "Map where in an image a BagNet finds evidence for a class.";
  }

  @Override
  public Source source() {
    return new Source(Source.PAPER, "3.3");
  }

  @Override
  public Subject subject() {
    return Subject.network(Requirement.localReceptiveField("it has no heatmap"));
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(
            AboutNetwork.parameters(subject()).stream(), Stream.of(IMAGE, LABEL, STRIDE, MODE))
        .toList();
  }

  @Override
  public List<Output> outputs() {
    return List.of(PICTURES, HEATMAP);
  }

  @Override
  public Class<HeatmapSpec> specification() {
    return HeatmapSpec.class;
  }

  @Override
  public String title(HeatmapSpec spec, Catalogue catalogue) {
    return "Heatmap of %s, %s%s%s"
        .formatted(
            spec.network(),
            spec.image().orElse(spec.dataset().isPresent() ? "first image" : "first test image"),
            spec.stride() == 1 ? "" : ", stride " + spec.stride(),
            spec.mode() == HeatmapMode.REPORT ? ", as in the report" : "");
  }

  @Override
  public double cost(HeatmapSpec spec, Workload workload) {
    return 2 * workload.heatmap(spec.stride());
  }
}
