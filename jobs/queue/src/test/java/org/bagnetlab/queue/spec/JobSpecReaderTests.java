package org.bagnetlab.queue.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Precision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests become complete, or are refused with the field at fault. */
class JobSpecReaderTests {

  private static final String TRAIN =
      "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"controlled-15\"";

  private final JobSpecReader reader = new JobSpecReader(new SmallCatalogue());

  private JobRequest read(String json) throws JsonProcessingException {
    return reader.read(Json.MAPPER.readTree(json));
  }

  @Test
  void completesATrainingWithTheRecipesDefaults() throws Exception {
    assertThat(read(TRAIN + ",\"sweep\":\"demo\"}"))
        .isEqualTo(
            JobRequest.of(
                TrainSpec.of("bagnet33", "controlled-15"),
                "BagNet-33 on controlled-15, 64 px, width 0.25, seed 1",
                Optional.of("demo")));
    assertThat(read(TRAIN + ",\"recipe\":\"report\"}").spec())
        .isEqualTo(TrainSpec.of("bagnet33", "controlled-15", Recipe.REPORT));
    TrainSpec descent = (TrainSpec) read(TRAIN + ",\"recipe\":\"sgd\"}").spec();
    assertThat(descent.get(TrainExperiment.LEARNING_RATE)).isEqualTo(.05);
    assertThat(descent.regime()).isEqualTo("from scratch");
  }

  @Test
  void aPrecisionIsTakenIfTheDevicesHaveIt() throws Exception {
    TrainSpec spec = (TrainSpec) read(TRAIN + ",\"precision\":\"bf16\"}").spec();
    assertThat(spec.get(TrainExperiment.PRECISION)).isEqualTo(Precision.BF16);
    JobSpecReader limited = new JobSpecReader(new SmallCatalogue(Optional.of("CPU has none.")));
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> limited.read(Json.MAPPER.readTree(TRAIN + ",\"precision\":\"bf16\"}")))
        .withMessage("precision cannot be bf16 here. CPU has none.");
    assertThat(limited.read(Json.MAPPER.readTree(TRAIN + ",\"precision\":\"fp32\"}")).spec())
        .isEqualTo(read(TRAIN + "}").spec());
  }

  @Test
  void onlyEvidenceCanBeSparse() throws Exception {
    JobRequest request = read(TRAIN + ",\"sparsity\":0.5}");
    assertThat(((TrainSpec) request.spec()).get(ObjectiveParameters.SPARSITY)).isEqualTo(.5);
    assertThat(request.title()).endsWith(", sparsity 0.5, seed 1");
    assertThat(read(TRAIN + ",\"sparsity\":0}").spec()).isEqualTo(read(TRAIN + "}").spec());
    String whole = TRAIN.replace("bagnet33", "resnet50");
    assertThat(read(whole + ",\"sparsity\":0}").spec()).isEqualTo(read(whole + "}").spec());
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(whole + ",\"sparsity\":0.5}"))
        .withMessage(
            "ResNet-50 does not sum local evidence, so there is none to make sparse: choose a"
                + " BagNet, or sparsity 0.")
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("sparsity"));
  }

  @Test
  void aTrainingStartsFromARun() throws Exception {
    JobRequest request = read(TRAIN + ",\"fromRun\":7,\"trainable\":\"classifier\"}");
    TrainSpec spec = (TrainSpec) request.spec();
    assertThat(spec.subject()).contains(7L);
    assertThat(spec.get(TrainExperiment.RECIPE)).isEqualTo(Recipe.FINETUNE);
    assertThat(request.title()).endsWith(", seed 1, from run 7");
    // Its width is that of the run, which is not known yet.
    assertThat(spec.find(TrainExperiment.WIDTH)).isEmpty();
    TrainSpec known =
        spec.startingFrom((TrainSpec) read(TRAIN + ",\"width\":0.75}").spec(), Optional.empty());
    assertThat(known.width()).isEqualTo(.75);
    assertThat(Experiments.read(Json.line(Experiments.canonical(known)))).isEqualTo(known);
    assertThat(Experiments.canonical(read(TRAIN + "}").spec()).has("fromRun")).isFalse();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(TRAIN + ",\"fromRun\":7,\"weights\":\"imagenet\"}"))
        .withMessage("weights and fromRun are both given: choose one network to start from.")
        .returns("fromRun", InvalidSpec::field);
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(TRAIN + ",\"fromRun\":0}"))
        .withMessage("fromRun must be the number of a run, from 1, but is 0.")
        .returns("fromRun", InvalidSpec::field);
  }

  /** Earlier origins are named as long as there is room. */
  @Test
  void theRegimeOfATrainingFromARunIsItsChainOfOrigins() throws Exception {
    TrainSpec first = (TrainSpec) read(TRAIN + ",\"seed\":3}").spec();
    String next = TRAIN.replace("controlled-15", "scene15") + ",\"fromRun\":%d}";
    TrainSpec second =
        ((TrainSpec) read(next.formatted(7)).spec()).startingFrom(first, Optional.empty());
    assertThat(second.regime()).isEqualTo("pretrained on controlled-15 by run 7");
    TrainSpec third =
        ((TrainSpec) read(next.formatted(8)).spec()).startingFrom(second, Optional.empty());
    assertThat(third.regime())
        .isEqualTo("pretrained on scene15 by run 8, from pretrained on controlled-15 by run 7");
    TrainSpec last = third;
    for (int run = 9; run < 20; run++) {
      last = ((TrainSpec) read(next.formatted(run)).spec()).startingFrom(last, Optional.empty());
    }
    assertThat(last.regime())
        .startsWith("pretrained on scene15 by run 19, from ")
        .hasSizeLessThanOrEqualTo(200);
    TrainSpec otherSeed = first.with(TrainExperiment.SEED, 4L);
    TrainSpec longer = first.with(TrainExperiment.EPOCHS, 9);
    TrainSpec tuned = (TrainSpec) read(next.formatted(20)).spec();
    assertThat(tuned.startingFrom(otherSeed, Optional.empty()).ofAnyStartingRun())
        .isEqualTo(second.ofAnyStartingRun())
        .isNotEqualTo(tuned.startingFrom(longer, Optional.empty()).ofAnyStartingRun())
        .isNotEqualTo(tuned.startingFrom(first, Optional.of("other")).ofAnyStartingRun());
    // Another network that was trained alike.
    TrainSpec wider = first.with(TrainExperiment.WIDTH, .75);
    assertThat(tuned.startingFrom(wider, Optional.empty()).fromRun().map(StartingRun::ofAnyRun))
        .isEqualTo(second.fromRun().map(StartingRun::ofAnyRun));
  }

  @Test
  void importedWeightsAreTheNetworkOfAJob() throws Exception {
    JobRequest request =
        read("{\"kind\":\"evaluate\",\"weights\":\"imagenet\",\"dataset\":\"scene15\"}");
    ImportedNetwork imported = new ImportedNetwork("imagenet", "abc", "pretrained", "bagnet33", .5);
    assertThat(request.spec()).isEqualTo(new EvaluateExperiment().ofWeights(imported, "scene15"));
    assertThat(request.spec().subject()).isEmpty();
    assertThat(request.title())
        .isEqualTo("Evaluation of weights imagenet on scene15, scrambled with seed 1");
    assertThat(Experiments.read(Json.line(Experiments.canonical(request.spec()))))
        .isEqualTo(request.spec());
  }

  @Test
  void otherImagesAreInTheTitle() throws Exception {
    assertThat(
            read("""
                    {"kind":"evaluate","run":7,"dataset":"scene15","images":"unused","subset":5}""")
                .title())
        .isEqualTo(
            "Evaluation of run 7 on scene15, unused images, at most 5 a class, scrambled with seed 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run      | {}                                                | run is missing: give the number",
        "weights  | {\"run\":7,\"weights\":\"imagenet\",\"dataset\":\"scene15\"} | are both given: choose one",
        "weights  | {\"weights\":\"zoo\",\"dataset\":\"scene15\"}             | There are no weights 'zoo'.",
        "dataset  | {\"weights\":\"imagenet\"}                            | dataset is missing.",
        "dataset  | {\"weights\":\"imagenet\",\"dataset\":\"controlled-15\"}  | have 2 outputs, but data set controlled-15 has 3 classes.",
        "dataset  | {\"run\":7,\"dataset\":\"damaged\"}                     | is damaged.",
        "imageSize | {\"run\":7,\"imageSize\":64}                         | give it with imported weights only.",
        "images   | {\"run\":7,\"images\":\"some\"}                         | There is no images 'some'. Known: test, unused, all.",
        "subset   | {\"run\":7,\"subset\":0}                              | from 1 to 100,000",
      })
  void aNetworkOrItsImagesThatCannotBeAreRefused(String field, String fields, String message)
      throws Exception {
    ObjectNode request = (ObjectNode) Json.MAPPER.readTree(fields);
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(request.put("kind", "evaluate").toString()))
        .withMessageContaining(message)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static final String IMPORTED = "\"weights\":\"imagenet\",\"dataset\":\"scene15\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scramble        | Scrambling of weights imagenet on scene15, 3 permutations",
        "evidence        | Evidence of weights imagenet on scene15",
        "effective-field | Effective field of weights imagenet on scene15, up to 100 images",
        "interactions    | Interactions in weights imagenet on scene15, patches 8, 16, 32, gaps 8, 16, 32, up to 100 images",
        "spatial-sensitivity | Spatial sensitivity of weights imagenet on scene15, tiles of 8 pixels, up to 200 images",
        "faithfulness    | Faithfulness of the saliency maps of weights imagenet on scene15, tiles of 8 pixels, up to 100 images",
        "weight-randomisation | Weight randomisation of weights imagenet on scene15, up to 100 images, seed 1",
        "predictive-patches | Predictive patches of weights imagenet on scene15, 6 a class",
        "patch-robustness | Patch robustness of weights imagenet on scene15, patches of 4, 8, 16 px",
        "readouts | Readouts of weights imagenet on scene15",
        "heatmap | Heatmap of weights imagenet on scene15, first image",
        "saliency | Saliency maps of weights imagenet on scene15, first image",
      })
  void whatIsMeasuredOnARunIsMeasuredOnImportedWeights(String kind, String title) throws Exception {
    JobRequest request = read("{\"kind\":\"%s\",%s}".formatted(kind, IMPORTED));
    assertThat(request.title()).isEqualTo(title);
    assertThat(request.spec().needs().orElseThrow().name()).isEqualTo("imagenet");
    assertThat(Experiments.read(Json.line(Experiments.canonical(request.spec()))))
        .isEqualTo(request.spec());
  }

  @Test
  void testImagesAloneAreMeasuredOnButNotLearnt() throws Exception {
    assertThat(read("{\"kind\":\"evaluate\",\"run\":7,\"dataset\":\"hidden\"}").spec().reads())
        .contains("hidden");
    String training = "{\"kind\":\"train\",\"architecture\":\"bagnet33\"";
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(training + ",\"dataset\":\"hidden\"}"))
        .withMessage(
            "Data set hidden has only test images, to measure trained networks on, for example with evaluate: choose another one for a training.")
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("dataset"));
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(training + "}"))
        .withMessage("dataset is missing. Known: controlled-15, scene15, controlled-N.");
  }

  /** Its images are always those of one data set, which need not be named. */
  @Test
  void aCueConflictIsAboutOneDataSet() throws Exception {
    JobRequest request = read("{\"kind\":\"cue-conflict\",\"run\":7}");
    assertThat(request.title()).isEqualTo("Cue conflict of run 7 on controlled-15-cue-conflict");
    assertThat(request.spec()).isEqualTo(new CueConflictExperiment().ofRun(7));
    assertThat(request.spec().reads()).contains("controlled-15-cue-conflict");
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read("{\"kind\":\"cue-conflict\",\"run\":7,\"dataset\":\"scene15\"}"))
        .withMessage("dataset must be controlled-15-cue-conflict, but is scene15.");
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read("{\"kind\":\"cue-conflict\",\"weights\":\"imagenet\"}"))
        .withMessageContaining("have 2 outputs, but data set controlled-15-cue-conflict has 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "localisation     | dataset    |                        | Localisation needs images whose marks are known, which are those of controlled-15, not scene15.",
        "patch-robustness | patchSides | , \"patchSides\":\"4, x\" | patchSides must be whole numbers separated by commas",
        "patch-robustness | patchSides | , \"patchSides\":\"225\"  | A patch of 225 × 225 pixels is larger than the images, which have 224 × 224.",
      })
  void whatCannotBeMeasuredOnImportedWeightsIsRefused(
      String kind, String field, @Nullable String more, String message) {
    String request = "{\"kind\":\"%s\",%s%s}".formatted(kind, IMPORTED, Objects.toString(more, ""));
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(request))
        .withMessageContaining(message)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  /** The size of a run's images is not known before its training is. */
  @ParameterizedTest
  @CsvSource({"64, 3, false", "96, 3, true", "224, 5, false", "224, 7, true"})
  void gridsDivideTheImagesOfImportedWeights(int size, int grid, boolean fits) throws Exception {
    String request =
        "{\"kind\":\"scramble\",%s,\"imageSize\":%d,\"grids\":\"2, %d\"}"
            .formatted(IMPORTED, size, grid);
    if (fits) {
      assertThat(read(request).title()).contains("grids 2, " + grid);
    } else {
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(() -> read(request))
          .withMessage(
              "A grid of %d × %d tiles does not divide the %d pixels of the images.",
              grid, grid, size)
          .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("grids"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tile    | \"kind\":\"faithfulness\",\"tile\":7            | Tiles of 7 pixels do not divide the 64 pixels of the images.",
        "tile    | \"kind\":\"spatial-sensitivity\",\"tile\":0     | tile must be a whole number from 1 to 256, but is 0.",
        "masked  | \"kind\":\"spatial-sensitivity\",\"masked\":\"2,\" | masked must be whole numbers separated by commas, such as 2, 4, 8, but '' is not one.",
        "masked  | \"kind\":\"spatial-sensitivity\",\"masked\":\"65\" | 65 tiles cannot be masked: images of 64 pixels have 64 tiles of 8 pixels.",
        "patches | \"kind\":\"interactions\",\"patches\":\"0, 8\"    | patches must be from 1 to 256, not 0.",
        "patches | \"kind\":\"interactions\",\"patches\":\"1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33\" | patches may have at most 32 numbers, not 33.",
        "gaps    | \"kind\":\"interactions\",\"patches\":\"32\"      | Two patches of 32 pixels with a gap of 8 do not fit into the 64 pixels of the images.",
      })
  void masksThatDoNotFitTheImagesOfImportedWeightsAreRefused(
      String field, String fields, String message) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read("{%s,%s,\"imageSize\":64}".formatted(fields, IMPORTED)))
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @Test
  void weightsBringTheirWidthTheirRegimeAndTheReportsRecipe() throws Exception {
    JobRequest request = read(TRAIN + ",\"weights\":\"imagenet\"}");
    assertThat(request.spec())
        .isEqualTo(
            TrainSpec.of("bagnet33", "controlled-15", Recipe.REPORT)
                .with(TrainExperiment.WIDTH, .5)
                .with(
                    TrainExperiment.WEIGHTS, new StartingWeights("imagenet", "abc", "pretrained")));
    assertThat(request.title()).endsWith("width 0.5, seed 1, from imagenet");
    TrainSpec quick =
        (TrainSpec)
            read(TRAIN + ",\"weights\":\"imagenet\",\"recipe\":\"quick\",\"width\":0.5}").spec();
    assertThat(quick.imageSize()).isEqualTo(64);
    assertThat(quick.regime()).isEqualTo("pretrained");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dataset | 'dataset':'damaged'              | The data set 'damaged' is damaged.",
        "weights | 'weights':'none'                 | There are no weights 'none'. Known: imagenet.",
        "weights | 'weights':7                      | weights must be a string",
        "width   | 'weights':'imagenet','width':1   | must match the weights 'imagenet', 0.5,",
        "weights | 'weights':'imagenet','architecture':'resnet50' | for bagnet33, not resnet50.",
      })
  void refusesWhatIsDamagedAndWeightsThatDoNotFit(String field, String fields, String message)
      throws Exception {
    ObjectNode request = (ObjectNode) Json.MAPPER.readTree(TRAIN + "}");
    request.setAll((ObjectNode) Json.MAPPER.readTree("{" + fields.replace('\'', '"') + "}"));
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> reader.read(request))
        .withMessageContaining(message)
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field));
  }

  /** Also if the size is the recipe's. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",\"imageSize\":64"})
  void refusesImagesThatAreSmallerThanThePatchesOfTheNetwork(String size) throws Exception {
    String large = TRAIN.replace("bagnet33", "bagnet65");
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(large + size + "}"))
        .withMessage(
            "imageSize must be at least 68 for bagnet65, whose receptive field is 65 pixels, but is"
                + " 64.")
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo("imageSize"));
    assertThat(((TrainSpec) read(large + ",\"imageSize\":68}").spec()).imageSize()).isEqualTo(68);
  }

  /** An image's path and a class's name become the title of a job. */
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001b[2J", "a\u009b2J", "a\u202eb", "a\u2066b"})
  void refusesTextsThatATerminalWouldObey(String text) {
    for (String field : new String[] {"image", "label"}) {
      ObjectNode request = Json.MAPPER.createObjectNode().put("kind", "heatmap").put("run", 1);
      request.put(field, text);
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(() -> reader.read(request))
          .withMessageContaining("%s contains a control character: a\\u", field)
          .satisfies(invalid -> assertThat(invalid.getMessage()).doesNotContain(text))
          .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
  }

  @Test
  void takesWhatIsAskedFor() throws Exception {
    assertThat(
            read("""
                    {"kind":"train","architecture":"resnet50","dataset":"scene15","imageSize":40,
                     "width":4,"recipe":"report","epochs":1000,"batchSize":512,"learningRate":1,
                     "seed":-7,"heatmapStride":4}
                    """)
                .spec())
        .isEqualTo(
            TrainSpec.of("resnet50", "scene15", Recipe.REPORT)
                .with(TrainExperiment.IMAGE_SIZE, 40)
                .with(TrainExperiment.WIDTH, 4.0)
                .with(TrainExperiment.EPOCHS, 1000)
                .with(TrainExperiment.BATCH_SIZE, 512)
                .with(TrainExperiment.LEARNING_RATE, 1.0)
                .with(TrainExperiment.SEED, -7L)
                .with(TrainExperiment.HEATMAP_STRIDE, 4));
    assertThat(read("{\"kind\":\"evaluate\",\"run\":7,\"scrambleSeed\":2}"))
        .isEqualTo(
            JobRequest.of(
                new EvaluateExperiment().ofRun(7).with(EvaluateExperiment.SCRAMBLE_SEED, 2L),
                "Evaluation of run 7, scrambled with seed 2",
                Optional.empty()));
    assertThat(read("{\"kind\":\"heatmap\",\"run\":7,\"image\":\"a.jpg\",\"label\":\"b\"}").spec())
        .isEqualTo(
            new HeatmapExperiment()
                .ofRun(7)
                .with(NetworkParameters.IMAGE, "a.jpg")
                .with(NetworkParameters.LABEL, "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width         | -1        | width must be from 0.01 to 4, but is -1.",
        "width         | 0         | width must be from 0.01 to 4, but is 0.",
        "width         | 1e-300    | width must be from 0.01 to 4, but is 1.0E-300.",
        "width         | 1e999     | width must be from 0.01 to 4, but is",
        "width         | 4.01      | but is 4.01.",
        "width         | \"wide\"  | but is the text \"wide\".",
        "imageSize     | 62        | imageSize must be a whole number from 64 to 512, but is 62.",
        "imageSize     | 66        | imageSize must be a multiple of 4, but is 66.",
        "imageSize     | 516       | 512",
        "imageSize     | 64.5      | whole number",
        "epochs        | 0         | from 1 to 1,000",
        "epochs        | 1e99      | whole number",
        "epochs        | 99999999999999999999 | whole number",
        "batchSize     | 1         | from 2 to 512",
        "learningRate  | 1.5       | learningRate must be from 1e-8 to 1, but is 1.5.",
        "learningRate  | 1e-300    | learningRate must be from 1e-8 to 1, but is 1.0E-300.",
        "learningRate  | -1e999    | learningRate must be from",
        "epochs        | 1e999     | epochs must be a whole number from 1 to 1,000, but is",
        "seed          | 1e999     | whole number",
        "heatmapStride | 3         | heatmapStride must be 1, 2, 4 or 8, but is 3.",
        "seed          | 1.5       | whole number",
        "recipe        | \"slow\"  | There is no recipe 'slow'. Known: quick, report, sgd, augmented, finetune.",
        "recipe        | 3         | recipe must be a string",
        "sparsity      | -1        | sparsity must be from 0 to 1000, but is -1.",
        "trainImages   | 0         | trainImages must be a whole number from 1 to 100,000, but is 0.",
        "trainImages   | \"some\"  | trainImages must be a whole number",
        "flip          | 1.1       | flip must be from 0 to 1, but is 1.1.",
        "schedule      | \"slow\"  | There is no schedule 'slow'. Known: trapezoid, constant,",
        "localWeight   | 0.3       | localWeight must be 0 for the global objective, but is 0.3.",
        "trainable     | \"classifier\" | trainable can be classifier only for a training",
        "sweep         | \"a b\"   | sweep must start with a letter or digit",
        "color         | 1         | There is no field 'color' in a job of kind train.",
        "run           | 1         | There is no field 'run'",
      })
  void refusesAFieldByName(String field, String value, String message) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read("%s,\"%s\":%s}".formatted(TRAIN, field, value)))
        .withMessageContaining(message)
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture | {'kind':'train','dataset':'scene15'} | architecture is missing.",
        "architecture | {'kind':'train','architecture':'vgg'} | There is no architecture 'vgg'.",
        "dataset | {'kind':'train','architecture':'bagnet33','dataset':'x'} | controlled-15",
        "kind    | {'architecture':'bagnet33'} | There is no kind",
        "kind    | {'kind':'bake'} | There is no kind 'bake'. Known: train, evaluate, heatmap",
        "kind    | [1] | A job must be a JSON object.",
        "run     | {'kind':'evaluate'} | run is missing",
        "run     | {'kind':'heatmap','run':'seven'} | run must be a whole number",
        "stride  | {'kind':'heatmap','run':7,'stride':16} | from 1 to 8",
        "classes | {'kind':'heatmap','run':7,'classes':'some'} | There is no classes 'some'. Known: one, all.",
        "scale   | {'kind':'saliency','run':7,'scale':'log'} | There is no scale 'log'. Known: own, common.",
      },
      quoteCharacter = '"')
  void refusesWhatIsMissingOrUnknown(String field, String json, String message) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(json.replace('\'', '"')))
        .withMessageContaining(message)
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "label"})
  void aTextThatNoNameIsAsLongAsIsRefused(String field) throws Exception {
    String json = "{\"kind\":\"heatmap\",\"run\":7,\"%s\":\"%s\"}";
    assertThat(read(json.formatted(field, "x".repeat(500))).title()).hasSizeLessThan(1000);
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(json.formatted(field, "x".repeat(501))))
        .withMessage("%s must have at most 500 characters, but has 501.".formatted(field))
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "recipe", "width", "architecture", "xxx"})
  void aLongValueIsQuotedShortly(String field) {
    for (String value : List.of("\"%s\"", "[\"%s\"]", "{\"a\":\"%s\"}")) {
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(
              () ->
                  read(
                      "{\"kind\":\"train\",\"dataset\":\"scene15\",\"architecture\":\"bagnet33\",\"%s\":%s}"
                          .formatted(field, value.formatted("x".repeat(100_000)))))
          .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(700));
    }
  }

  @Test
  void theLongestTitleFitsALine() throws Exception {
    assertThat(
            read("""
                    {"kind":"train","architecture":"bagnet33","dataset":"controlled-15",
                     "width":0.0100000000001,"learningRate":0.0000000100000000001,
                     "seed":-9223372036854775808,"batchSize":511,"epochs":999,"recipe":"report",
                     "imageSize":64,"duplicates":"leave-out",
                     "sparsity":0.123456,"trainImages":99999}
                    """)
                .title())
        .isEqualTo(
            "BagNet-33 on controlled-15, 99999 training images per class, report recipe, 64 px,"
                + " width 0.01, sparsity 0.123456, 999 epochs, batch size 511, learning rate 1e-8,"
                + " without duplicates, seed -9223372036854775808");
  }

  @Test
  void titlesTellTrialsApart() throws Exception {
    String train =
        "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"learningRate\":%s}";
    assertThat(read(train.formatted("1.21e-5")).title())
        .endsWith(", learning rate 1.21e-5, seed 1");
    assertThat(read(train.formatted("1.2e-7")).title()).endsWith(", learning rate 1.2e-7, seed 1");
    assertThat(read(train.formatted("0.1")).title()).endsWith(", learning rate 0.1, seed 1");
    assertThat(read("{\"kind\":\"heatmap\",\"run\":7}").title())
        .isEqualTo("Heatmap of run 7, first test image");
    assertThat(read("{\"kind\":\"heatmap\",\"run\":7,\"stride\":8}").title())
        .isEqualTo("Heatmap of run 7, first test image, stride 8");
    assertThat(
            read("{\"kind\":\"heatmap\",\"run\":7,\"classes\":\"all\",\"scale\":\"common\"}")
                .title())
        .isEqualTo("Heatmaps of all classes of run 7, first test image, common scale");
    assertThat(read("{\"kind\":\"saliency\",\"run\":7,\"image\":\"a.jpg\"}").title())
        .isEqualTo("Saliency maps of run 7, a.jpg");
  }
}
