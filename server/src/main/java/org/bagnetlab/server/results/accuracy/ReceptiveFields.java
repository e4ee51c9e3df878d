package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.server.results.accuracy.AccuracyRow.PublishedNetwork;
import org.bagnetlab.server.results.missing.MissingAnalyses;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pictures;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.ShownDatasets;
import org.bagnetlab.server.results.run.ShownSetting;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.LayerDescription;

/**
 * The receptive fields of networks, and how accuracy depends on them.
 *
 * @param architectures growth of the receptive fields, as in Figure 1, but computed
 * @param on the data sets of the rows, and their settings
 * @param accuracies measured accuracies over the receptive field
 * @param published the accuracies of the report
 * @param effective how much of their receptive fields trained networks use
 * @param missing measurements of the effective fields of networks that lack them
 * @param sameImage heatmaps of one image by several networks
 */
public record ReceptiveFields(
    List<Figure> architectures,
    @JsonUnwrapped ShownDatasets on,
    List<AccuracyRow> accuracies,
    List<PublishedNetwork> published,
    List<MeasuredField> effective,
    List<MissingAnalyses> missing,
    List<SameImage> sameImage) {

  /** How the receptive field of a network grows, layer by layer, on images of 224 pixels. */
  record Figure(@JsonUnwrapped Networks.Network network, long multiplyAdds, List<Layer> layers) {}

  /** A layer that enlarges the receptive field. Sizes are side lengths in pixels. */
  record Layer(
      String name,
      int kernel,
      int stride,
      int dilation,
      int padding,
      int input,
      int output,
      Optional<Integer> receptiveField) {

    static Layer of(LayerDescription layer) {
      return new Layer(
          layer.name(),
          layer.kernel(),
          layer.stride(),
          layer.dilation(),
          layer.padding(),
          layer.input().get(1),
          layer.output().get(1),
          layer.receptiveField());
    }
  }

  /** One image with the heatmaps of several networks. */
  record SameImage(
      String dataset,
      int imageSize,
      String image,
      @JsonProperty("class") String trueClass,
      Optional<String> imageUrl,
      List<Heatmap> heatmaps) {}

  /** A network's heatmap. */
  record Heatmap(
      String architecture,
      String label,
      long run,
      String regime,
      Optional<String> weights,
      Optional<Integer> receptiveField,
      Optional<String> url,
      Map<String, String> facts) {}

  /**
   * Computes the view from these runs.
   *
   * @param settings the settings that they have
   * @param effective the measured effective fields
   * @param pictures heatmaps to show
   * @param measuredOn returns the reference values for the data set with a given name
   */
  public static ReceptiveFields of(
      List<MeasuredRun> runs,
      List<ShownSetting> settings,
      List<MeasuredField> effective,
      List<Pictures> pictures,
      Function<String, MeasuredOn> measuredOn,
      Catalogue catalogue,
      Published published,
      Networks networks) {
    List<Configuration> configurations = Configuration.group(runs, published);
    List<AccuracyRow> accuracies =
        configurations.stream()
            .map(group -> AccuracyRow.of(group, published, networks))
            .filter(row -> row.test().isPresent())
            .toList();
    return new ReceptiveFields(
        networks.all().stream().map(blueprint -> figure(blueprint, networks)).toList(),
        new ShownDatasets(
            ConfiguredNetwork.datasets(accuracies.stream().map(AccuracyRow::network), measuredOn),
            settings),
        accuracies,
        PublishedNetwork.all(published, networks),
        effective,
        MissingAnalyses.ofDatasets(
            new EffectiveFieldExperiment(),
            configurations,
            effective.stream().flatMap(each -> each.runs().stream()).collect(Collectors.toSet()),
            catalogue),
        sameImages(pictures, networks));
  }

  private static Figure figure(Blueprint blueprint, Networks networks) {
    ArchitectureDescription description = networks.description(blueprint);
    return new Figure(
        networks.network(blueprint),
        description.multiplyAdds(),
        description.enlargingLayers().stream().map(Layer::of).toList());
  }

  private static List<SameImage> sameImages(List<Pictures> pictures, Networks networks) {
    record Key(String dataset, int imageSize, String image) {}
    Map<Key, List<Pictures>> images = new LinkedHashMap<>();
    for (Pictures each : pictures) {
      if (each.byKind().containsKey("heatmap")) {
        Key key = new Key(each.spec().dataset(), each.spec().imageSize(), each.image());
        images.computeIfAbsent(key, any -> new ArrayList<>()).add(each);
      }
    }
    return images.entrySet().stream()
        .map(
            entry ->
                new SameImage(
                    entry.getKey().dataset(),
                    entry.getKey().imageSize(),
                    entry.getKey().image(),
                    entry.getValue().get(0).trueClass(),
                    entry.getValue().get(0).url("image"),
                    heatmaps(entry.getValue(), networks)))
        .sorted(
            Comparator.<SameImage>comparingInt(same -> -same.heatmaps().size())
                .thenComparing(SameImage::dataset))
        .toList();
  }

  private static List<Heatmap> heatmaps(List<Pictures> pictures, Networks networks) {
    return pictures.stream()
        .map(
            each ->
                new Heatmap(
                    each.spec().architecture(),
                    networks.label(each.spec().architecture()),
                    each.run(),
                    each.spec().regime(),
                    Configuration.weights(each.spec()),
                    networks.receptiveField(each.spec().architecture(), each.spec().imageSize()),
                    each.url("heatmap"),
                    each.facts("heatmap")))
        .sorted(Comparator.comparing(heatmap -> heatmap.receptiveField().orElse(Integer.MAX_VALUE)))
        .toList();
  }
}
