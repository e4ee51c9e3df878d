package org.bagnetlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.heatmap.ShownClasses;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.experiment.predictivepatches.PredictivePatchesExperiment;
import org.bagnetlab.experiment.readouts.ReadoutsExperiment;
import org.bagnetlab.experiment.saliency.SaliencyExperiment;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.spatialsensitivity.SpatialSensitivityExperiment;
import org.bagnetlab.experiment.train.DuplicateImages;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.experiment.weightrandomisation.WeightRandomisationExperiment;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every experiment, and the stored form of specifications. */
class ExperimentsTests {

  /** The parameters of a choice of images. */
  private static final List<Parameter<?>> OWN_CHOICE =
      List.of(NetworkParameters.IMAGES, NetworkParameters.SUBSET, NetworkParameters.SUBSET_SEED);

  static Stream<Experiment<?>> all() {
    return Experiments.all().stream();
  }

  @Test
  void theExperimentsHaveAnOrder() {
    assertThat(Experiments.names()).startsWith("train", "evaluate", "heatmap");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everythingIsNamedOnceAndSaysWhatItIs(Experiment<?> experiment) {
    assertThat(experiment.name()).matches("[a-z][a-z0-9-]*");
    assertThat(experiment.summary()).endsWith(".");
    assertThat(experiment.source().work()).isNotBlank();
    assertThat(experiment.outputs()).isNotEmpty();
    assertThat(experiment.outputs()).extracting(Output::name).doesNotHaveDuplicates();
    assertThat(experiment.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    assertThat(experiment.parameters()).extracting(Parameter::option).doesNotHaveDuplicates();
    assertThat(experiment.parameters())
        .allSatisfy(
            parameter -> {
              assertThat(parameter.help()).isNotBlank();
              assertThat(parameter.label()).isNotBlank();
            });
  }

  /** The canonical forms of these jobs are stored: equal jobs are found by them. */
  static Stream<Arguments> stored() {
    return Stream.of(
        Arguments.of(
            training(Precision.FP32, DuplicateImages.KEEP),
            """
            {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",\
            "recipe":"quick","imageSize":64,"width":0.25,"sparsity":0.0,"epochs":6,\
            "batchSize":16,"learningRate":0.004,"seed":1,"heatmapStride":1,"precision":"fp32",\
            "preparation":"pillow","duplicates":"keep"}"""),
        Arguments.of(
            training(Precision.BF16, DuplicateImages.KEEP),
            """
            {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",\
            "recipe":"quick","imageSize":64,"width":0.25,"sparsity":0.0,"epochs":6,\
            "batchSize":16,"learningRate":0.004,"seed":1,"heatmapStride":1,"precision":"bf16",\
            "preparation":"pillow","duplicates":"keep"}"""),
        Arguments.of(
            training(Precision.FP32, DuplicateImages.LEAVE_OUT),
            """
            {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",\
            "recipe":"quick","imageSize":64,"width":0.25,"sparsity":0.0,"epochs":6,\
            "batchSize":16,"learningRate":0.004,"seed":1,"heatmapStride":1,"precision":"fp32",\
            "preparation":"pillow","duplicates":"leave-out"}"""),
        // Absent, all images are learnt.
        Arguments.of(
            training("trainImages", 10),
            """
            {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",\
            "trainImages":10,"recipe":"quick","imageSize":64,"width":0.25,"sparsity":0.0,\
            "epochs":6,"batchSize":16,"learningRate":0.004,"seed":1,"heatmapStride":1,\
            "precision":"fp32","preparation":"pillow","duplicates":"keep"}"""),
        Arguments.of(
            training("sparsity", 0.5),
            """
            {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",\
            "recipe":"quick","imageSize":64,"width":0.25,"sparsity":0.5,"epochs":6,\
            "batchSize":16,"learningRate":0.004,"seed":1,"heatmapStride":1,"precision":"fp32",\
            "preparation":"pillow","duplicates":"keep"}"""),
        Arguments.of(
            TrainSpec.of("resnet50", "scene15", Recipe.REPORT)
                .with(TrainExperiment.SEED, -7L)
                .with(TrainExperiment.HEATMAP_STRIDE, 8)
                .with(TrainExperiment.WEIGHTS, new StartingWeights("zoo", "e3b0", "pretrained")),
            """
            {"kind":"train","architecture":"resnet50","dataset":"scene15",\
            "weights":{"name":"zoo","checksum":"e3b0","regime":"pretrained"},"recipe":"report",\
            "imageSize":224,"width":1.0,"sparsity":0.0,"epochs":40,"batchSize":4,\
            "learningRate":4.0E-5,"seed":-7,"heatmapStride":8,"precision":"fp32",\
            "preparation":"pillow","duplicates":"keep"}"""),
        Arguments.of(
            new EvaluateExperiment().ofRun(7).with(EvaluateExperiment.SCRAMBLE_SEED, 2L),
            "{\"kind\":\"evaluate\",\"run\":7,\"subsetSeed\":1,\"scrambleSeed\":2}"),
        Arguments.of(
            new EvaluateExperiment()
                .ofWeights(
                    new ImportedNetwork("zoo", "e3b0", "pretrained", "resnet50", 1), "scene15")
                .with(NetworkParameters.IMAGES, ImageChoice.UNUSED)
                .with(NetworkParameters.SUBSET, 10)
                .with(NetworkParameters.SUBSET_SEED, 3L)
                .with(EvaluateExperiment.SCRAMBLE_SEED, 2L),
            """
            {"kind":"evaluate",\
            "weights":{"name":"zoo","checksum":"e3b0","regime":"pretrained",\
            "architecture":"resnet50","width":1.0},"dataset":"scene15","imageSize":224,\
            "images":"unused","subset":10,"subsetSeed":3,"scrambleSeed":2}"""),
        Arguments.of(
            new HeatmapExperiment().ofRun(7),
            """
            {"kind":"heatmap","run":7,"stride":1,"mode":"faithful","classes":"one","scale":"own"}"""),
        Arguments.of(
            new HeatmapExperiment()
                .ofRun(7)
                .with(NetworkParameters.IMAGE, "a.jpg")
                .with(NetworkParameters.LABEL, "b")
                .with(HeatmapExperiment.STRIDE, 8),
            """
            {"kind":"heatmap","run":7,"image":"a.jpg","label":"b","stride":8,"mode":"faithful",\
            "classes":"one","scale":"own"}"""),
        Arguments.of(
            new ScrambleExperiment().ofRun(7),
            """
            {"kind":"scramble","run":7,"subsetSeed":1,"permutations":3,"scrambleSeed":1}"""),
        Arguments.of(
            new ScrambleExperiment()
                .ofRun(7)
                .with(ScrambleExperiment.GRIDS, WholeNumbers.of("4,2"))
                .with(ScrambleExperiment.PERMUTATIONS, 1)
                .with(ScrambleExperiment.SCRAMBLE_SEED, 2L),
            """
            {"kind":"scramble","run":7,"subsetSeed":1,"grids":"2, 4","permutations":1,\
            "scrambleSeed":2}"""),
        Arguments.of(
            new EvidenceExperiment().ofRun(7),
            "{\"kind\":\"evidence\",\"run\":7,\"subsetSeed\":1}"),
        Arguments.of(
            new HeatmapExperiment().ofRun(7).with(HeatmapExperiment.MODE, HeatmapMode.REPORT),
            """
            {"kind":"heatmap","run":7,"stride":1,"mode":"report","classes":"one","scale":"own"}"""),
        Arguments.of(
            new HeatmapExperiment()
                .ofRun(7)
                .with(HeatmapExperiment.CLASSES, ShownClasses.ALL)
                .with(HeatmapExperiment.SCALE, ColourScale.COMMON),
            """
            {"kind":"heatmap","run":7,"stride":1,"mode":"faithful","classes":"all",\
            "scale":"common"}"""),
        Arguments.of(
            new SaliencyExperiment()
                .ofRun(7)
                .with(NetworkParameters.IMAGE, "a.jpg")
                .with(NetworkParameters.LABEL, "b"),
            """
            {"kind":"saliency","run":7,"image":"a.jpg","label":"b","scale":"own"}"""),
        Arguments.of(
            new EffectiveFieldExperiment().ofRun(7),
            "{\"kind\":\"effective-field\",\"run\":7,\"subsetSeed\":1,\"mostImages\":100}"),
        Arguments.of(
            new InteractionsExperiment()
                .ofRun(7)
                .with(InteractionsExperiment.PATCHES, WholeNumbers.of("16,8"))
                .with(InteractionsExperiment.GAPS, WholeNumbers.of("8")),
            """
            {"kind":"interactions","run":7,"subsetSeed":1,"mostImages":100,"patches":"8, 16","gaps":"8",\
            "masks":4}"""),
        Arguments.of(
            new SpatialSensitivityExperiment()
                .ofRun(7)
                .with(SpatialSensitivityExperiment.MASKED, WholeNumbers.of("0, 4")),
            """
            {"kind":"spatial-sensitivity","run":7,"subsetSeed":1,"mostImages":200,"tile":8,"masked":"0, 4",\
            "orderSeed":1}"""),
        Arguments.of(
            new FaithfulnessExperiment().ofRun(7),
            """
            {"kind":"faithfulness","run":7,"subsetSeed":1,"mostImages":100,"tile":8,"steps":16,"orderSeed":1}"""),
        Arguments.of(
            new CueConflictExperiment().ofRun(7),
            "{\"kind\":\"cue-conflict\",\"run\":7,\"dataset\":\"controlled-15-cue-conflict\"}"),
        Arguments.of(
            new WeightRandomisationExperiment().ofRun(7),
            """
            {"kind":"weight-randomisation","run":7,"subsetSeed":1,"mostImages":100,"randomisationSeed":1}"""),
        Arguments.of(
            new PredictivePatchesExperiment().ofRun(7),
            "{\"kind\":\"predictive-patches\",\"run\":7,\"subsetSeed\":1,\"patches\":6,\"stride\":8}"),
        Arguments.of(
            new LocalisationExperiment().ofRun(7),
            "{\"kind\":\"localisation\",\"run\":7,\"subsetSeed\":1,\"stride\":8}"),
        Arguments.of(
            new PatchRobustnessExperiment()
                .ofRun(7)
                .with(PatchRobustnessExperiment.PATCH_SIDES, WholeNumbers.of("16,4")),
            "{\"kind\":\"patch-robustness\",\"run\":7,\"subsetSeed\":1,\"patchSides\":\"4, 16\"}"),
        Arguments.of(
            new ReadoutsExperiment().ofRun(7),
            "{\"kind\":\"readouts\",\"run\":7,\"subsetSeed\":1}"),
        Arguments.of(
            new ScrambleExperiment()
                .ofRun(7)
                .with(NetworkParameters.DATASET, "hidden")
                .with(NetworkParameters.SUBSET, 10),
            """
            {"kind":"scramble","run":7,"dataset":"hidden","subset":10,"subsetSeed":1,\
            "permutations":3,"scrambleSeed":1}"""));
  }

  /** Tables about runs are made of their own outputs only. */
  @ParameterizedTest
  @MethodSource("all")
  void whatIsMeasuredOnAChoiceOfImagesHasOutputsForOthers(Experiment<?> experiment) {
    if (experiment.parameters().containsAll(OWN_CHOICE)) {
      List<Output> own =
          experiment.outputs().stream()
              .filter(output -> !output.name().startsWith("other-"))
              .toList();
      assertThat(experiment.outputs())
          .containsAll(own.stream().map(OnImages::other).toList())
          .hasSize(2 * own.size());
    }
  }

  /** They decide how pictures are drawn, and how many. */
  @Test
  void noNumberDependsOnParametersOfPictures() {
    assertThat(
            all()
                .flatMap(
                    experiment ->
                        experiment.parameters().stream()
                            .filter(parameter -> parameter.role() == ParameterRole.INCIDENTAL)
                            .map(parameter -> experiment.name() + " " + parameter.name())))
        .containsExactlyInAnyOrder(
            "train heatmapStride", "heatmap classes", "heatmap scale", "saliency scale");
  }

  private static TrainSpec training(String parameter, Object value) {
    ObjectNode changed = Json.MAPPER.valueToTree(training(Precision.FP32, DuplicateImages.KEEP));
    changed.putPOJO(parameter, value);
    return (TrainSpec) Experiments.read(changed);
  }

  private static TrainSpec training(Precision precision, DuplicateImages duplicates) {
    return TrainSpec.of("bagnet33", "controlled-15")
        .with(TrainExperiment.PRECISION, precision)
        .with(TrainExperiment.DUPLICATES, duplicates);
  }

  @ParameterizedTest
  @MethodSource("stored")
  void theCanonicalFormIsFrozen(JobSpec spec, String json) throws Exception {
    assertThat(Json.line(Experiments.canonical(spec))).isEqualTo(json);
    assertThat(Experiments.read(json)).isEqualTo(spec);
  }

  /** A newer version's job in an older version can be listed and deleted. */
  @Test
  void anUnknownExperimentIsKeptAsItIs() throws Exception {
    String json = "{\"kind\":\"bake\",\"run\":7,\"minutes\":[1,2]}";
    JobSpec spec = Experiments.read(json);
    assertThat(spec).isInstanceOf(UnknownSpec.class);
    assertThat(spec.kind()).isEqualTo("bake");
    assertThat(Experiments.of(spec)).isEmpty();
    ObjectNode canonical = Experiments.canonical(spec);
    assertThat(canonical).isEqualTo(Json.MAPPER.readTree(json));
    assertThat(List.copyOf(canonical.properties()).get(0).getKey()).isEqualTo("kind");
  }

  /** Its numbers depend on it, so they must not be counted among others. */
  @Test
  void aTrainingWithAnUnknownParameterIsKeptAsItIs() throws Exception {
    ObjectNode stored = Experiments.canonical(TrainSpec.of("bagnet9", "controlled-15"));
    stored.put("labelNoise", 0.25);
    JobSpec spec = Experiments.read(stored);
    assertThat(spec)
        .isInstanceOfSatisfying(
            UnknownSpec.class,
            unknown ->
                assertThat(unknown.unknown()).isEqualTo("no parameter 'labelNoise' of train"));
    assertThat(Experiments.of(spec)).isEmpty();
    assertThat(Experiments.canonical(spec)).isEqualTo(stored);
  }

  /** They depend on the confidence of the network. */
  @Test
  void areasUnderCurvesOfDifferentNetworksAreNotBetterOrWorse() {
    assertThat(FaithfulnessExperiment.AREA_OF_DELETION.metric().better())
        .isEqualTo(Metric.Better.NEITHER);
    assertThat(FaithfulnessExperiment.AREA_OF_INSERTION.metric().better())
        .isEqualTo(Metric.Better.NEITHER);
  }
}
