package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.experiment.predictivepatches.PredictivePatchesExperiment;
import org.bagnetlab.experiment.readouts.ReadoutsExperiment;
import org.bagnetlab.experiment.spatialsensitivity.SpatialSensitivityExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.weightrandomisation.WeightRandomisationExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.number.Analysis.Row;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.results.view.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the numbers of each analysis allow to say, on both sides of each boundary. Intervals were
 * computed with NumPy and SciPy.
 */
class ConclusionsTests {

  private static final Networks NETWORKS = new Networks(Published.read());

  private static final List<String> ORDER = List.of("resnet50", "bagnet9", "bagnet33");

  private static final String ONE_SEED =
      "Fewer than three seeds: this tells of these runs, not of other seeds.";

  /**
   * The numbers of a network's runs at a position.
   *
   * @param at the position as JSON with single quotes
   * @param images of each run, for a share of images
   */
  private static Row row(Output output, String network, String at, int images, Double... values) {
    return row(output, network, "test", at, images, values);
  }

  private static Row row(
      Output output, String network, String set, String at, int images, Double... values) {
    Configuration runs = SimulatedRuns.configuration(network, values.length, .5);
    List<Double> each = Arrays.asList(values);
    List<Integer> counts = Collections.nCopies(values.length, images);
    return new Row(
        ORDER.indexOf(network),
        ConfiguredNetwork.of(runs, NETWORKS),
        runs.numbers(),
        set,
        position(at),
        output.metric().countsImages()
            ? Measured.of(each, counts, 0)
            : Measured.ofOther(each, output.metric().unit(), counts));
  }

  private static Map<String, JsonNode> position(String at) {
    try {
      Map<String, JsonNode> position = new LinkedHashMap<>();
      Json.MAPPER
          .readTree(at.replace('\'', '"'))
          .properties()
          .forEach(entry -> position.put(entry.getKey(), entry.getValue()));
      return position;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(at, e);
    }
  }

  private static List<String> said(Output output, Row... rows) {
    return Conclusions.of(output, List.of(), List.of(rows), other -> List.of());
  }

  private static List<String> said(Output output, List<Row> others, Row... rows) {
    return Conclusions.of(output, List.of(), List.of(rows), other -> others);
  }

  /** The same row without the first of its runs. */
  private static Row withoutFirst(Output output, Row row) {
    List<Double> values = row.value().values().subList(1, row.value().n());
    List<Integer> images = Collections.nCopies(values.size(), row.value().images());
    return new Row(
        row.configuration(),
        row.network(),
        row.runs().subList(1, row.runs().size()),
        row.set(),
        row.at(),
        Measured.ofOther(values, output.metric().unit(), images));
  }

  static Stream<Output> analysed() {
    return Experiments.all().stream()
        .filter(experiment -> View.isAnalysis(experiment.name()))
        .flatMap(experiment -> experiment.outputs().stream())
        .filter(Analysis::hasNumbers);
  }

  @ParameterizedTest
  @MethodSource("analysed")
  void everyAnalysisSaysHowToReadItAndWhatItShows(Output output) {
    assertThat(output.reading()).as("how to read %s", output.name()).isPresent();
    assertThat(output.reading().map(OutputReading::how).orElse(""))
        .endsWith(".")
        .doesNotContain("  ");
    // At the position that its kind of reading compares with, and at another one.
    Row[] rows =
        Stream.of("'random'", "'mean-logit'", "'x'")
            .map(
                word -> {
                  StringBuilder at = new StringBuilder("{");
                  output.axes().stream()
                      .map(Axis::name)
                      .forEach(
                          name ->
                              at.append(at.length() > 1 ? "," : "")
                                  .append("'%s':%s".formatted(name, word)));
                  return row(output, "bagnet9", at.append('}').toString(), 100, .5);
                })
            .toArray(Row[]::new);
    assertThat(said(output, List.of(rows), rows))
        .isNotEmpty()
        .allSatisfy(sentence -> assertThat(sentence).endsWith(".").doesNotContain("null"));
  }

  /** The numbers of an output of interactions where all masks together have this effect. */
  private static List<String> ofEffect(double effect, Output output, Row... rows) {
    List<Row> joint =
        Stream.of(rows)
            .map(
                row ->
                    new Row(
                        row.configuration(),
                        row.network(),
                        row.runs(),
                        row.set(),
                        row.at(),
                        Measured.ofOther(
                            Collections.nCopies(row.runs().size(), effect),
                            Metric.Unit.NONE,
                            Collections.nCopies(row.runs().size(), 100))))
            .toList();
    return said(output, joint, rows);
  }

  @Test
  void correlationAloneSaysThatEffectsAreProportional() {
    Output output = InteractionsExperiment.ADDITIVITY;
    Row[] rows = {
      row(output, "resnet50", "{'patch':8,'gap':8}", 0, .83),
      row(output, "resnet50", "{'patch':8,'gap':32}", 0, .9949),
      row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .9951),
      row(output, "bagnet9", "{'patch':8,'gap':32}", 0, 1.),
      row(output, "bagnet33", "{'patch':8,'gap':8}", 0, .93),
      row(output, "bagnet33", "{'patch':8,'gap':32}", 0, 1.)
    };
    assertThat(ofEffect(.5, output, rows))
        .containsExactly(
            "Joint and summed effects are proportional: BagNet-9 (1.00), BagNet-33 (at 1 of 2 positions, 1.00).",
            "Joint and summed effects are not proportional: ResNet-50 (0.83 to 0.99), BagNet-33 (at 1 of 2 positions, 0.93).",
            ONE_SEED);
    assertThat(ofEffect(.0009, output, rows))
        .containsExactly(
            "Effect of all masks together below 0.001 or unknown, so that nothing can be concluded: ResNet-50 (0.83 to 0.99), BagNet-9 (1.00), BagNet-33 (0.93 to 1.00).",
            ONE_SEED);
  }

  @Test
  void seedsThatDisagreeSayNothing() {
    Output output = InteractionsExperiment.ADDITIVITY;
    assertThat(ofEffect(.5, output, row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .98, 1.)))
        .containsExactly(
            "Nothing can be concluded about the side of 0.995: BagNet-9 (0.98 to 1.00).", ONE_SEED);
  }

  @Test
  void positionsOnBothSidesAndOpenOnesAreCountedApart() {
    Output output = InteractionsExperiment.ADDITIVITY;
    assertThat(
            ofEffect(
                .5,
                output,
                row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .98, 1.),
                row(output, "bagnet9", "{'patch':8,'gap':16}", 0, 1., 1.),
                row(output, "bagnet9", "{'patch':8,'gap':32}", 0, 1., 1.)))
        .containsExactly(
            "Joint and summed effects are proportional: BagNet-9 (at 2 of 3 positions, 1.00).",
            "Nothing can be concluded about the side of 0.995: BagNet-9 (at 1 of 3 positions, 0.98 to 1.00).",
            ONE_SEED);
  }

  @Test
  void effectsAddUpWhereCorrelationAndDeviationSayIt() {
    Output output = InteractionsExperiment.RELATIVE_DEVIATION;
    String at = "{'patch':8,'gap':8}";
    Row[] rows = {
      row(output, "resnet50", at, 0, .0101, .02, .03),
      row(output, "bagnet9", at, 0, .0099, 2e-6, 3e-6),
      row(output, "bagnet33", at, 0, .001, .001, .001)
    };
    Map<Output, List<Row>> others =
        Map.of(
            InteractionsExperiment.JOINT_EFFECT,
            Stream.of("resnet50", "bagnet9", "bagnet33")
                .map(name -> row(InteractionsExperiment.JOINT_EFFECT, name, at, 0, .5, .5, .5))
                .toList(),
            InteractionsExperiment.ADDITIVITY,
            List.of(
                row(InteractionsExperiment.ADDITIVITY, "resnet50", at, 0, 1., 1., 1.),
                row(InteractionsExperiment.ADDITIVITY, "bagnet9", at, 0, 1., 1., .996),
                row(InteractionsExperiment.ADDITIVITY, "bagnet33", at, 0, 1., 1., .98)));
    assertThat(
            Conclusions.of(
                output, List.of(), List.of(rows), other -> others.getOrDefault(other, List.of())))
        .containsExactly(
            "The sum misses the joint effect by 1 % of it or more: ResNet-50 (0.0101 to 0.03).",
            "Effects add up, as for a bag of patches: correlation 1.00, and the sum misses the joint effect by less than 1 %: BagNet-9 (2e-6 to 0.0099).",
            "The sum is the joint effect to less than 1 % of it: BagNet-33 (0.001).");
  }

  @Test
  void rangesNameTheirEndsWithoutAVerdict() {
    Output output = InteractionsExperiment.JOINT_EFFECT;
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .4, .5, .6),
                row(output, "bagnet9", "{'patch':16,'gap':8}", 0, .4, .39, .41)))
        .containsExactly(
            "From 0.40 (BagNet-9, side of a patch 16 px, 95 % 0.38 to 0.42) to 0.50 (ResNet-50, side of a patch 8 px, 95 % 0.25 to 0.75).");
    assertThat(
            said(
                output,
                row(output, "resnet50", "test", "{'patch':8,'gap':8}", 0, .6),
                row(output, "resnet50", "validation", "{'patch':8,'gap':8}", 0, .4, .39, .41)))
        .containsExactly(
            "From 0.40 (ResNet-50, validation, 95 % 0.38 to 0.42) to 0.60 (ResNet-50, test).",
            "Fewer than three seeds: this tells of these runs, not of other seeds.");
  }

  /** A map of which each seed differs from the random order by these numbers. */
  private static List<String> orders(Output output, String rest, Double... differences) {
    Double[] map = Arrays.stream(differences).map(each -> .5 + each).toArray(Double[]::new);
    Double[] random = Collections.nCopies(differences.length, .5).toArray(Double[]::new);
    return said(
        output,
        row(output, "bagnet9", "{'saliency':'heatmap'%s}".formatted(rest), 100, map),
        row(output, "bagnet9", "{'saliency':'random'%s}".formatted(rest), 100, random));
  }

  private static Double[] seeds(double mean) {
    return new Double[] {mean, mean + .02, mean - .02, mean, mean + .02, mean - .02};
  }

  private static final Double[] BELOW = seeds(-.3);
  private static final Double[] ABOVE = seeds(.1);
  private static final Double[] AROUND = {-.1, .1, .03, -.1, .1, .03};

  @Test
  void mapsThatOrderTilesBetterThanChanceFindWhatTheNetworkUses() {
    String find = "These orders find tiles that the network uses: BagNet-9 heatmap (%s).";
    String worse = "These orders are worse than a random one: BagNet-9 heatmap (%s).";
    String open =
        "No difference is found: BagNet-9 heatmap (+1.0 points, 95 % −10.0 to +10.5 over these images, 6 runs).";
    String less = "−30.0 points, 95 % −32.0 to −28.0 over these images, 6 runs";
    String more = "+10.0 points, 95 % +8.0 to +12.0 over these images, 6 runs";
    Map<Output, String> falling =
        Map.of(
            SpatialSensitivityExperiment.PROBABILITY, ",'maskedTiles':4",
            FaithfulnessExperiment.DELETION, ",'removed':0.5",
            FaithfulnessExperiment.AREA_OF_DELETION, "");
    Map<Output, String> rising =
        Map.of(
            FaithfulnessExperiment.INSERTION, ",'inserted':0.5",
            FaithfulnessExperiment.AREA_OF_INSERTION, "");
    falling.forEach(
        (output, at) -> {
          assertThat(orders(output, at, BELOW)).containsExactly(find.formatted(less));
          assertThat(orders(output, at, ABOVE)).containsExactly(worse.formatted(more));
          assertThat(orders(output, at, AROUND)).containsExactly(open);
        });
    rising.forEach(
        (output, at) -> {
          assertThat(orders(output, at, ABOVE)).containsExactly(find.formatted(more));
          assertThat(orders(output, at, BELOW)).containsExactly(worse.formatted(less));
          assertThat(orders(output, at, AROUND)).containsExactly(open);
        });
  }

  /** The variance over 100 images is large compared with that over seeds. */
  @Test
  void differencesOfSharesOfImagesVaryWithTheImages() {
    Output output = SpatialSensitivityExperiment.ACCURACY;
    String at = ",'maskedTiles':4";
    assertThat(orders(output, at, BELOW))
        .containsExactly(
            "These orders find tiles that the network uses: BagNet-9 heatmap (−30.0 points, 95 % −46.4 to −13.6, 6 runs).");
    assertThat(orders(output, at, ABOVE))
        .containsExactly(
            "No difference is found: BagNet-9 heatmap (+10.0 points, 95 % −7.8 to +27.8, 6 runs).");
    assertThat(orders(output, at, .1, .1, .1, .1, .1, .1))
        .singleElement()
        .asString()
        .startsWith("No difference is found: ");
  }

  @Test
  void fewSeedsTellNothingOfAnOrder() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    assertThat(orders(output, "", -.3, -.3001, -.2999))
        .containsExactly(
            "Nothing can be concluded from so few seeds: BagNet-9 heatmap (−30.0 points, 3 runs, 6 needed).");
    // A random order that differs between runs is measured, too: four seeds of each are enough.
    Row random = row(output, "bagnet9", "{'saliency':'random'}", 0, .5, .52, .48, .51);
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .2, .21, .19, .2),
                random))
        .containsExactly(
            "These orders find tiles that the network uses: BagNet-9 heatmap (−30.3 points, 95 % −33.0 to −27.0 over these images, 4 runs).");
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .2, .22, .18, .21),
                random))
        .containsExactly(
            "Nothing can be concluded, since all runs differ by the same: BagNet-9 heatmap (−30.0 points, 4 runs).");
  }

  @Test
  void curvesAreComparedOverThePositionsThatAllRunsHave() {
    Output output = FaithfulnessExperiment.DELETION;
    Row heatmap = row(output, "bagnet9", "{'removed':0.25,'saliency':'heatmap'}", 0, seeds(.2));
    Row random = row(output, "bagnet9", "{'removed':0.25,'saliency':'random'}", 0, seeds(.6));
    Row later = row(output, "bagnet9", "{'removed':0.5,'saliency':'heatmap'}", 0, seeds(.1));
    Row laterRandom = row(output, "bagnet9", "{'removed':0.5,'saliency':'random'}", 0, seeds(.4));
    Row[] all = {heatmap, random, withoutFirst(output, later), withoutFirst(output, laterRandom)};
    assertThat(said(output, all))
        .singleElement()
        .asString()
        .startsWith(
            "Nothing can be concluded, since all runs differ by the same: BagNet-9 heatmap (−40.0 points, over 1 of 2 positions, 6 runs)");
    assertThat(said(output, heatmap, withoutFirst(output, random)))
        .singleElement()
        .asString()
        .endsWith("(−40.0 points, 5 of 6 runs).");
  }

  @Test
  void networksWithoutAReferenceAreNamed() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'saliency':'gradient'}", 0, .2),
                row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .1),
                row(output, "bagnet9", "{'saliency':'random'}", 0, .3)))
        .containsExactly(
            "Nothing can be concluded from so few seeds: BagNet-9 heatmap (−20.0 points, 1 run, 6 needed).",
            "Nothing can be concluded without a position at which all runs have what these numbers are compared with: ResNet-50 gradient (20.0 %).");
  }

  @Test
  void theReferenceIsThatOfTheSameTraining() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    Row first = row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .1);
    Row second = new Row(7, first.network(), first.runs(), first.set(), first.at(), first.value());
    assertThat(said(output, first, second, row(output, "bagnet9", "{'saliency':'random'}", 0, .3)))
        .containsExactly(
            "Nothing can be concluded from so few seeds: BagNet-9 a heatmap (−20.0 points, 1 run, 6 needed).",
            "Nothing can be concluded without a position at which all runs have what these numbers are compared with: BagNet-9 b heatmap (10.0 %).");
  }

  @Test
  void aLetterStandsForTheSameSettingOfAllNetworks() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    Row resnet = row(output, "resnet50", "{'saliency':'gradient'}", 0, .2);
    Row bagnet = row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .1);
    List<Row> rows = List.of(resnet, otherSetting(resnet, 7), otherSetting(bagnet, 8), bagnet);
    assertThat(rows)
        .extracting(new NetworkNames(rows)::of)
        .containsExactly("ResNet-50 a", "ResNet-50 b", "BagNet-9 b", "BagNet-9 a");
  }

  private static Row otherSetting(Row row, int configuration) {
    return new Row(
        configuration,
        row.network().without(TrainExperiment.WIDTH),
        row.runs(),
        row.set(),
        row.at(),
        row.value());
  }

  @Test
  void setsParametersAndSelectedImagesAreComparedApart() {
    Output output = OnImages.other(FaithfulnessExperiment.AREA_OF_DELETION);
    String position =
        "{'dataset':'%s','images':'test','subset':10,'subsetSeed':1,'tile':%d,'saliency':'%s'}";
    List<Row> rows =
        Stream.of(
                position.formatted("a", 8, "%s"),
                position.formatted("b", 8, "%s"),
                position.formatted("a", 16, "%s"))
            .flatMap(
                at ->
                    Stream.of(
                        row(output, "bagnet9", at.formatted("heatmap"), 0, .1),
                        row(output, "bagnet9", at.formatted("random"), 0, .2)))
            .toList();
    assertThat(
            Conclusions.of(
                output, List.of(Axis.of("tile", "Side of a tile", "px")), rows, x -> List.of()))
        .containsExactly(
            "Nothing can be concluded from so few seeds: BagNet-9 heatmap data set a side of a tile 8 px (−10.0 points, 1 run, 6 needed), BagNet-9 heatmap data set b side of a tile 8 px (−10.0 points, 1 run, 6 needed), BagNet-9 heatmap data set a side of a tile 16 px (−10.0 points, 1 run, 6 needed).");
    Output bias = CueConflictExperiment.SHAPE_BIAS;
    assertThat(
            said(
                bias,
                row(bias, "bagnet9", "test", "{}", 200, .6),
                row(bias, "bagnet9", "validation", "{}", 200, .4)))
        .containsExactly(
            "Decides by the lattice rather than by the marks: BagNet-9 test (60.0 %, 95 % 53.1 % to 66.5 %).",
            "Decides by the marks rather than by the lattice: BagNet-9 validation (40.0 %, 95 % 33.5 % to 46.9 %).",
            ONE_SEED);
  }

  @Test
  void withoutARandomOrderNothingCanBeConcluded() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    assertThat(said(output, row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .1, .1, .1)))
        .containsExactly(
            "Nothing can be concluded without a position at which all runs have what these numbers are compared with: BagNet-9 heatmap (10.0 %).");
  }

  private static List<String> againstOutput(
      Output output, Output other, String at, String otherAt, Double... differences) {
    Double[] values = Arrays.stream(differences).map(each -> .5 + each).toArray(Double[]::new);
    Double[] chance = Collections.nCopies(differences.length, .5).toArray(Double[]::new);
    return said(
        output,
        List.of(row(other, "bagnet9", otherAt, 100, chance)),
        row(output, "bagnet9", at, 100, values));
  }

  @Test
  void sharesAreComparedWithThoseByChance() {
    record Case(Output output, Output chance, String at, String above, String below) {}
    String signs = "The strongest patches are signs of their class";
    String rather = "The strongest patches are rather from other classes";
    String where = "The evidence is where the class shows";
    String elsewhere = "The evidence is rather where the class does not show";
    String ofClass = "{'class':'only-red'}";
    Stream.of(
            new Case(
                PredictivePatchesExperiment.OWN_PATCHES,
                PredictivePatchesExperiment.CHANCE,
                "{}",
                signs,
                rather),
            new Case(
                PredictivePatchesExperiment.OWN_PATCHES_BY_CLASS,
                PredictivePatchesExperiment.CHANCE_BY_CLASS,
                ofClass,
                signs,
                rather),
            new Case(
                LocalisationExperiment.EVIDENCE,
                LocalisationExperiment.PATCHES,
                "{}",
                where,
                elsewhere),
            new Case(
                LocalisationExperiment.EVIDENCE_BY_CLASS,
                LocalisationExperiment.PATCHES_BY_CLASS,
                ofClass,
                where,
                elsewhere),
            new Case(
                LocalisationExperiment.LARGEST,
                LocalisationExperiment.PATCHES,
                "{}",
                where,
                elsewhere),
            new Case(
                LocalisationExperiment.LARGEST_BY_CLASS,
                LocalisationExperiment.PATCHES_BY_CLASS,
                ofClass,
                where,
                elsewhere))
        .forEach(
            each -> {
              boolean counts = each.output().metric().countsImages();
              String less = counts ? "−40.5 to −19.5" : "−32.0 to −28.0 over these images";
              String more = counts ? "−2.5 to +22.5" : "+8.0 to +12.0 over these images";
              String around = counts ? "−14.8 to +16.8" : "−10.0 to +10.5 over these images";
              assertThat(againstOutput(each.output(), each.chance(), each.at(), each.at(), ABOVE))
                  .containsExactly(
                      "%s: BagNet-9 (+10.0 points, 95 %% %s, 6 runs)."
                          .formatted(counts ? "No difference is found" : each.above(), more));
              assertThat(againstOutput(each.output(), each.chance(), each.at(), each.at(), BELOW))
                  .containsExactly(
                      "%s: BagNet-9 (−30.0 points, 95 %% %s, 6 runs)."
                          .formatted(each.below(), less));
              assertThat(againstOutput(each.output(), each.chance(), each.at(), each.at(), AROUND))
                  .containsExactly(
                      "No difference is found: BagNet-9 (+1.0 points, 95 %% %s, 6 runs)."
                          .formatted(around));
            });
  }

  @Test
  void classesAreComparedOneByOne() {
    Output output = LocalisationExperiment.EVIDENCE_BY_CLASS;
    Output chance = LocalisationExperiment.PATCHES_BY_CLASS;
    List<String> classes = List.of("{'class':'a'}", "{'class':'b'}", "{'class':'c'}");
    assertThat(
            said(
                output,
                classes.stream()
                    .map(at -> row(chance, "bagnet9", at, 0, .5, .5, .5, .5, .5, .5))
                    .toList(),
                row(output, "bagnet9", classes.get(0), 0, seeds(.9)),
                row(output, "bagnet9", classes.get(1), 0, seeds(.8)),
                row(output, "bagnet9", classes.get(2), 0, seeds(.4))))
        .containsExactly(
            "The evidence is where the class shows: BagNet-9 (at 2 of 3 classes, +30.0 to +40.0 points, 6 runs).",
            "The evidence is rather where the class does not show: BagNet-9 (at 1 of 3 classes, −10.0 points, 6 runs).");
  }

  @Test
  void maskingIsComparedWithTheUndefendedNetwork() {
    Output output = PatchRobustnessExperiment.DEFENDED;
    Output without = PatchRobustnessExperiment.UNDEFENDED;
    assertThat(againstOutput(output, without, "{'patchSide':8}", "{}", BELOW))
        .containsExactly(
            "Masking costs accuracy: BagNet-9 (−30.0 points, 95 % −46.4 to −13.6, 6 runs).");
    assertThat(againstOutput(output, without, "{'patchSide':8}", "{}", seeds(.4)))
        .singleElement()
        .asString()
        .startsWith("Masking raises the accuracy: BagNet-9 (+40.0 points, 95 % +");
  }

  @Test
  void aMapThatIsMaskedWhollyLeavesNoEvidence() {
    Output output = PatchRobustnessExperiment.MASKED;
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'patchSide':4}", 0, .9996),
                row(output, "bagnet33", "{'patchSide':4}", 0, 1.)))
        .containsExactly(
            "No evidence is left: BagNet-33 (100.0 %).",
            "Evidence is left to decide by: BagNet-9 (99.96 %).", ONE_SEED);
  }

  @Test
  void rangesOfSharesOfOneRunHaveItsInterval() {
    for (Output output :
        List.of(PatchRobustnessExperiment.UNDEFENDED, PatchRobustnessExperiment.CERTIFIED)) {
      assertThat(
              said(
                  output,
                  row(output, "bagnet9", "{'patchSide':8}", 200, .3),
                  row(output, "bagnet33", "{'patchSide':8}", 200, .6)))
          .containsExactly(
              "From 30.0 % (BagNet-9, 95 % 24.1 % to 36.7 %) to 60.0 % (BagNet-33, 95 % 53.1 % to 66.5 %).",
              ONE_SEED);
      assertThat(said(output, row(output, "bagnet9", "{'patchSide':8}", 200, .6)))
          .containsExactly("BagNet-9: 60.0 %, 95 % 53.1 % to 66.5 %.", ONE_SEED);
    }
  }

  @Test
  void numbersThatRoundToTheSameAreNotCalledEqual() {
    for (Output output :
        List.of(
            PredictivePatchesExperiment.CHANCE,
            PredictivePatchesExperiment.CHANCE_BY_CLASS,
            LocalisationExperiment.PATCHES,
            LocalisationExperiment.PATCHES_BY_CLASS,
            ReadoutsExperiment.PATCH_ACCURACY,
            EvidenceExperiment.SPARSENESS,
            CueConflictExperiment.DECISIONS)) {
      assertThat(
              said(
                  output,
                  row(output, "bagnet9", "{}", 1200, .5, .5, .5),
                  row(output, "bagnet33", "{}", 1200, .50001, .50001, .50001)))
          .singleElement()
          .asString()
          .startsWith("All round to ");
    }
  }

  @Test
  void readoutsAreComparedWithTheMean() {
    Output output = ReadoutsExperiment.ACCURACY;
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'readout':'mean-logit'}", 1200, .5, .5, .5, .5, .5, .5),
                row(output, "bagnet9", "{'readout':'majority-vote'}", 1200, seeds(.2)),
                row(output, "bagnet9", "{'readout':'median-logit'}", 1200, seeds(.6))))
        .containsExactly(
            "These readouts recognise more images than the mean logit: BagNet-9 median-logit (+10.0 points, 95 % +4.5 to +15.5, 6 runs).",
            "These readouts recognise fewer images than the mean logit: BagNet-9 majority-vote (−30.0 points, 95 % −35.1 to −24.9, 6 runs).");
  }

  @Test
  void ordersThatStayWithoutWeightsAreNotLearnt() {
    for (Output output :
        List.of(
            WeightRandomisationExperiment.SIMILARITY,
            WeightRandomisationExperiment.MAGNITUDE_SIMILARITY)) {
      String first = "{'randomisedStages':0,'randomisationSeed':1}";
      String last = "{'randomisedStages':6,'randomisationSeed':1}";
      assertThat(
              said(
                  output,
                  row(output, "bagnet9", first, 0, 1., 1., 1.),
                  row(output, "bagnet9", last, 0, -.05, .05, .03),
                  row(output, "bagnet33", first, 0, 1., 1., 1.),
                  row(output, "bagnet33", last, 0, .07, .06, .08)))
          .hasSize(2)
          .anySatisfy(
              sentence ->
                  assertThat(sentence)
                      .startsWith("Part of the order")
                      .endsWith("was learnt: BagNet-33 (0.07, 95 % 0.05 to 0.09)."))
          .contains(
              "Nothing can be concluded about the side of 0: BagNet-9 (0.01, 95 % −0.12 to 0.14).");
      assertThat(said(output, row(output, "bagnet9", last, 0, -.5, -.51, -.49)))
          .singleElement()
          .asString()
          .startsWith("With all stages random the order")
          .endsWith("reversed: BagNet-9 (−0.50, 95 % −0.52 to −0.48).");
    }
  }

  @Test
  void theShapeBiasOfOneRunHasAnInterval() {
    for (Output output :
        List.of(CueConflictExperiment.SHAPE_BIAS, CueConflictExperiment.SHAPE_BIAS_BY_PAIR)) {
      assertThat(
              said(
                  output,
                  row(output, "resnet50", "{}", 200, .6),
                  row(output, "bagnet9", "{}", 200, .4),
                  row(output, "bagnet33", "{}", 200, .55)))
          .containsExactly(
              "Decides by the lattice rather than by the marks: ResNet-50 (60.0 %, 95 % 53.1 % to 66.5 %).",
              "Decides by the marks rather than by the lattice: BagNet-9 (40.0 %, 95 % 33.5 % to 46.9 %).",
              "Nothing can be concluded about the side of 50 %: BagNet-33 (55.0 %, 95 % 48.1 % to 61.7 %).",
              ONE_SEED);
    }
  }

  @Test
  void evidenceIsInTheUpperOrTheLowerHalf() {
    Output output = EvidenceExperiment.UPPER_SHARE;
    String at = "{'class':'only-red'}";
    assertThat(
            said(
                output,
                row(output, "resnet50", at, 0, .6, .61, .59),
                row(output, "bagnet9", at, 0, .4, .39, .41),
                row(output, "bagnet33", at, 0, .6)))
        .containsExactly(
            "More evidence in the upper half: ResNet-50 (60.0 %, 95 % 57.5 % to 62.5 %).",
            "More evidence in the lower half: BagNet-9 (40.0 %, 95 % 37.5 % to 42.5 %).",
            "Nothing can be concluded about the side of 50 %: BagNet-33 (60.0 %).",
            "Fewer than three seeds of BagNet-33: this tells of these runs, not of other seeds.");
  }

  @Test
  void intervalsThatTouchOrHaveNoWidthAreOnNoSide() {
    Output output = EvidenceExperiment.UPPER_SHARE;
    String at = "{'class':'only-red'}";
    Row touching = row(output, "resnet50", at, 0, .6, .61, .59);
    Row reaching =
        new Row(
            touching.configuration(),
            touching.network(),
            touching.runs(),
            touching.set(),
            touching.at(),
            new Measured(
                .6,
                touching.value().values(),
                touching.value().sd(),
                Optional.of(.5),
                Optional.of(.7),
                3,
                0,
                touching.value().interval(),
                Optional.empty(),
                Optional.empty()));
    assertThat(said(output, reaching, row(output, "bagnet9", at, 0, .6, .6, .6)))
        .containsExactly(
            "Nothing can be concluded about the side of 50 %: ResNet-50 (60.0 %, 95 % 50.0 % to 70.0 %), BagNet-9 (60.0 %, 95 % 60.0 % to 60.0 %).");
  }

  @Test
  void numbersOnSelectedImagesAreReadLikeThoseOnTheRunsOwn() {
    Output other = OnImages.other(LocalisationExperiment.EVIDENCE);
    assertThat(other.reading())
        .get()
        .isInstanceOfSatisfying(
            OutputReading.FromOutput.class,
            from -> assertThat(from.output().name()).isEqualTo("other-informative-patches"));
  }
}
