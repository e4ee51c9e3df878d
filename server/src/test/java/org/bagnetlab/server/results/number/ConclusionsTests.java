package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.experiment.predictivepatches.PredictivePatchesExperiment;
import org.bagnetlab.experiment.readouts.ReadoutsExperiment;
import org.bagnetlab.experiment.spatialsensitivity.SpatialSensitivityExperiment;
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
 * computed with NumPy: Student's t with two degrees of freedom has the 97.5 % quantile 4.302653.
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
    Configuration runs = SimulatedRuns.configuration(network, values.length, .5);
    List<Double> each = Arrays.asList(values);
    List<Integer> counts = Collections.nCopies(values.length, images);
    return new Row(
        ORDER.indexOf(network),
        ConfiguredNetwork.of(runs, NETWORKS),
        runs.numbers(),
        "test",
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

  @Test
  void effectsThatAddUpAreThoseOfABagOfPatches() {
    Output output = InteractionsExperiment.ADDITIVITY;
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .83),
                row(output, "resnet50", "{'patch':8,'gap':32}", 0, .9949),
                row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .9951),
                row(output, "bagnet9", "{'patch':8,'gap':32}", 0, 1.),
                row(output, "bagnet33", "{'patch':8,'gap':8}", 0, .93),
                row(output, "bagnet33", "{'patch':8,'gap':32}", 0, 1.)))
        .containsExactly(
            "Effects add up, as for a bag of patches: BagNet-9 (1.00).",
            "Effects add up, as for a bag of patches, at some positions only: BagNet-33 (1 of 2, 0.93 to 1.00).",
            "Effects do not add up: parts of the image interact: ResNet-50 (0.83 to 0.99).",
            ONE_SEED);
  }

  @Test
  void seedsThatDisagreeSayNothing() {
    Output output = InteractionsExperiment.ADDITIVITY;
    assertThat(said(output, row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .98, 1.)))
        .containsExactly(
            "Nothing can be concluded about the side of 0.995: BagNet-9 (0.98 to 1.00).", ONE_SEED);
  }

  @Test
  void aSumThatMissesTheJointEffectIsNamed() {
    Output output = InteractionsExperiment.RELATIVE_DEVIATION;
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .0101, .02, .03),
                row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .0099, 2e-6, 3e-6)))
        .containsExactly(
            "The sum misses the joint effect by 1 % of it or more: ResNet-50 (0.0101 to 0.03).",
            "The sum is the joint effect to less than 1 % of it: BagNet-9 (2e-6 to 0.0099).");
  }

  @Test
  void rangesSayWhetherTheirEndsDiffer() {
    Output output = InteractionsExperiment.JOINT_EFFECT;
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .6, .61, .59),
                row(output, "bagnet9", "{'patch':16,'gap':8}", 0, .4, .39, .41)))
        .containsExactly(
            "From 0.40 (BagNet-9, side of a patch 16 px) to 0.60 (ResNet-50, side of a patch 8 px); their 95 % intervals do not overlap.");
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .4, .5, .6),
                row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .4, .39, .41)))
        .containsExactly(
            "From 0.40 (BagNet-9) to 0.50 (ResNet-50); their 95 % intervals overlap, so nothing can be concluded about which is larger.");
    assertThat(
            said(
                output,
                row(output, "resnet50", "{'patch':8,'gap':8}", 0, .6),
                row(output, "bagnet9", "{'patch':8,'gap':8}", 0, .4, .39, .41)))
        .containsExactly(
            "From 0.40 (BagNet-9) to 0.60 (ResNet-50); without intervals, nothing can be concluded about which is larger.",
            "Fewer than three seeds of ResNet-50: this tells of these runs, not of other seeds.");
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

  @Test
  void mapsThatOrderTilesBetterThanChanceFindWhatTheNetworkUses() {
    String find = "These orders find tiles that the network uses: BagNet-9 heatmap (%s).";
    String worse = "These orders are worse than a random one: BagNet-9 heatmap (%s).";
    String open = "No difference is found: BagNet-9 heatmap (+1.0 points, 95 % −24.2 to +26.2).";
    String less = "−30.0 points, 95 % −35.0 to −25.0";
    String more = "+10.0 points, 95 % +5.0 to +15.0";
    Map<Output, String> falling =
        Map.of(
            SpatialSensitivityExperiment.PROBABILITY, ",'maskedTiles':4",
            SpatialSensitivityExperiment.ACCURACY, ",'maskedTiles':4",
            FaithfulnessExperiment.DELETION, ",'removed':0.5",
            FaithfulnessExperiment.AREA_OF_DELETION, "");
    Map<Output, String> rising =
        Map.of(
            FaithfulnessExperiment.INSERTION, ",'inserted':0.5",
            FaithfulnessExperiment.AREA_OF_INSERTION, "");
    falling.forEach(
        (output, at) -> {
          assertThat(orders(output, at, -.30, -.32, -.28)).containsExactly(find.formatted(less));
          assertThat(orders(output, at, .10, .12, .08)).containsExactly(worse.formatted(more));
          assertThat(orders(output, at, -.1, .1, .03)).containsExactly(open);
        });
    rising.forEach(
        (output, at) -> {
          assertThat(orders(output, at, .10, .12, .08)).containsExactly(find.formatted(more));
          assertThat(orders(output, at, -.30, -.32, -.28)).containsExactly(worse.formatted(less));
          assertThat(orders(output, at, -.1, .1, .03)).containsExactly(open);
        });
  }

  @Test
  void twoSeedsTellNothingOfAnOrder() {
    assertThat(orders(FaithfulnessExperiment.AREA_OF_DELETION, "", -.3, -.32))
        .containsExactly(
            "Nothing can be concluded from fewer than three seeds: BagNet-9 heatmap (−31.0 points).");
  }

  @Test
  void aCurveIsComparedOverItsPositionsAndARunWithoutAllOfThemIsLeftOut() {
    Output output = FaithfulnessExperiment.DELETION;
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'removed':0.25,'saliency':'heatmap'}", 0, .5, .5, .5),
                row(output, "bagnet9", "{'removed':0.5,'saliency':'heatmap'}", 0, .1, .1),
                row(output, "bagnet9", "{'removed':0.25,'saliency':'random'}", 0, .6, .6, .6),
                row(output, "bagnet9", "{'removed':0.5,'saliency':'random'}", 0, .4, .4)))
        .containsExactly(
            "Nothing can be concluded from fewer than three seeds: BagNet-9 heatmap (−20.0 points).");
  }

  @Test
  void withoutARandomOrderNothingCanBeConcluded() {
    Output output = FaithfulnessExperiment.AREA_OF_DELETION;
    assertThat(said(output, row(output, "bagnet9", "{'saliency':'heatmap'}", 0, .1, .1, .1)))
        .containsExactly(
            "Nothing can be concluded: what these numbers are compared with is missing.");
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
              assertThat(
                      againstOutput(
                          each.output(), each.chance(), each.at(), each.at(), .10, .12, .08))
                  .containsExactly(each.above() + ": BagNet-9 (+10.0 points, 95 % +5.0 to +15.0).");
              assertThat(
                      againstOutput(
                          each.output(), each.chance(), each.at(), each.at(), -.30, -.32, -.28))
                  .containsExactly(
                      each.below() + ": BagNet-9 (−30.0 points, 95 % −35.0 to −25.0).");
              assertThat(
                      againstOutput(
                          each.output(), each.chance(), each.at(), each.at(), -.1, .1, .03))
                  .containsExactly(
                      "No difference is found: BagNet-9 (+1.0 points, 95 % −24.2 to +26.2).");
            });
  }

  @Test
  void maskingIsComparedWithTheUndefendedNetwork() {
    Output output = PatchRobustnessExperiment.DEFENDED;
    Output without = PatchRobustnessExperiment.UNDEFENDED;
    assertThat(againstOutput(output, without, "{'patchSide':8}", "{}", -.30, -.32, -.28))
        .containsExactly("Masking costs accuracy: BagNet-9 (−30.0 points, 95 % −35.0 to −25.0).");
    assertThat(againstOutput(output, without, "{'patchSide':8}", "{}", .10, .12, .08))
        .containsExactly(
            "Masking raises the accuracy: BagNet-9 (+10.0 points, 95 % +5.0 to +15.0).");
  }

  @Test
  void aMapThatIsMaskedWhollyLeavesNoEvidence() {
    Output output = PatchRobustnessExperiment.MASKED;
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'patchSide':4}", 0, .999),
                row(output, "bagnet33", "{'patchSide':4}", 0, 1.)))
        .containsExactly(
            "No evidence is left: BagNet-33 (100.0 %).",
            "Evidence is left to decide by: BagNet-9 (99.9 %).", ONE_SEED);
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
              "From 30.0 % (BagNet-9) to 60.0 % (BagNet-33); their 95 % intervals do not overlap.",
              ONE_SEED);
      assertThat(said(output, row(output, "bagnet9", "{'patchSide':8}", 200, .6)))
          .containsExactly("BagNet-9: 60.0 %, 95 % 53.1 % to 66.5 %.", ONE_SEED);
    }
  }

  @Test
  void chanceIsTheSameForAll() {
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
                  row(output, "bagnet33", "{}", 1200, .5, .5, .5)))
          .singleElement()
          .asString()
          .startsWith("The same for all: ");
    }
  }

  @Test
  void readoutsAreComparedWithTheMean() {
    Output output = ReadoutsExperiment.ACCURACY;
    assertThat(
            said(
                output,
                row(output, "bagnet9", "{'readout':'mean-logit'}", 1200, .5, .5, .5),
                row(output, "bagnet9", "{'readout':'majority-vote'}", 1200, .2, .18, .22),
                row(output, "bagnet9", "{'readout':'median-logit'}", 1200, .6, .62, .58)))
        .containsExactly(
            "These readouts recognise more images than the mean logit: BagNet-9 median-logit (+10.0 points, 95 % +5.0 to +15.0).",
            "These readouts recognise fewer images than the mean logit: BagNet-9 majority-vote (−30.0 points, 95 % −35.0 to −25.0).");
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
  void numbersOnSelectedImagesAreReadLikeThoseOnTheRunsOwn() {
    Output other = OnImages.other(LocalisationExperiment.EVIDENCE);
    assertThat(other.reading())
        .get()
        .isInstanceOfSatisfying(
            OutputReading.FromOutput.class,
            from -> assertThat(from.output().name()).isEqualTo("other-informative-patches"));
  }
}
