package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.server.results.accuracy.AccuracyRow.PublishedNetwork;
import org.bagnetlab.server.results.missing.MissingAnalyses;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pictures;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.ShownDatasets;
import org.bagnetlab.server.results.run.ShownSetting;

/**
 * How much accuracy networks lose when the tiles of images are scrambled.
 *
 * @param on the data sets of the rows, then those of the selected images, and their settings
 * @param rows measured accuracies, clean and scrambled
 * @param published the accuracies of the report
 * @param curves accuracy for smaller and smaller tiles
 * @param missing scramblings of the networks that have no curve
 * @param otherImages the same on images that are not the test images of a run, or not all of them
 * @param examples images with their scrambled versions and both heatmaps
 */
public record Scrambling(
    @JsonUnwrapped ShownDatasets on,
    List<AccuracyRow> rows,
    List<PublishedNetwork> published,
    List<ScramblingCurve> curves,
    List<MissingAnalyses> missing,
    List<OtherImages> otherImages,
    List<Example> examples) {

  /** An image with the heatmaps of a run, clean and scrambled. */
  record Example(
      long run,
      String architecture,
      String label,
      String dataset,
      int imageSize,
      String regime,
      Optional<String> weights,
      String image,
      @JsonProperty("class") String trueClass,
      Optional<String> imageUrl,
      Optional<String> scrambledImageUrl,
      Optional<String> heatmapUrl,
      Optional<String> scrambledHeatmapUrl,
      Map<String, String> facts) {}

  /**
   * Computes the view from these runs.
   *
   * @param settings the settings that they have
   * @param found results of experiments on the runs
   * @param otherImages accuracies of networks on selected images
   * @param pictures heatmaps to show
   * @param measuredOn returns the reference values for the data set with a given name
   */
  public static Scrambling of(
      List<MeasuredRun> runs,
      List<ShownSetting> settings,
      ScramblingCurve.Found found,
      List<OtherImages> otherImages,
      List<Pictures> pictures,
      Function<String, MeasuredOn> measuredOn,
      Catalogue catalogue,
      Published published,
      Networks networks) {
    List<Configuration> configurations = Configuration.group(runs, published);
    List<AccuracyRow> rows =
        configurations.stream()
            .map(group -> AccuracyRow.of(group, published, networks))
            .filter(row -> row.test().isPresent() && row.scrambled().isPresent())
            .toList();
    List<OtherImages> scrambled =
        otherImages.stream().filter(each -> !each.byGrid().isEmpty()).toList();
    return new Scrambling(
        new ShownDatasets(
            Stream.concat(
                    rows.stream().map(row -> row.network().settings().dataset()),
                    scrambled.stream().map(OtherImages::dataset))
                .distinct()
                .map(measuredOn)
                .toList(),
            settings),
        rows,
        PublishedNetwork.all(published, networks),
        configurations.stream()
            .flatMap(group -> ScramblingCurve.of(group, found, networks).stream())
            .toList(),
        MissingAnalyses.ofDatasets(
            new ScrambleExperiment(),
            configurations,
            found.accuracies().byRun().keySet(),
            catalogue),
        scrambled,
        pictures.stream()
            .filter(each -> each.byKind().containsKey("scrambled-image"))
            .sorted(Comparator.comparing(each -> published.place(each.spec().architecture())))
            .map(each -> example(each, networks))
            .toList());
  }

  private static Example example(Pictures pictures, Networks networks) {
    return new Example(
        pictures.run(),
        pictures.spec().architecture(),
        networks.label(pictures.spec().architecture()),
        pictures.spec().dataset(),
        pictures.spec().imageSize(),
        pictures.spec().regime(),
        Configuration.weights(pictures.spec()),
        pictures.image(),
        pictures.trueClass(),
        pictures.url("image"),
        pictures.url("scrambled-image"),
        pictures.url("heatmap"),
        pictures.url("scrambled-heatmap"),
        facts(pictures));
  }

  /**
   * The facts about the clean heatmaps, and those about the scrambled heatmaps under different
   * names.
   */
  private static Map<String, String> facts(Pictures pictures) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.putAll(pictures.facts("image"));
    facts.putAll(pictures.facts("heatmap"));
    for (String kind : List.of("scrambled-image", "scrambled-heatmap")) {
      Map<String, String> scrambled = pictures.facts(kind);
      for (String name : List.of("predicted", "label", "minimum", "maximum", "limit")) {
        Optional.ofNullable(scrambled.get(name))
            .ifPresent(
                value ->
                    facts.put(
                        "scrambled" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
                        value));
      }
    }
    return facts;
  }
}
