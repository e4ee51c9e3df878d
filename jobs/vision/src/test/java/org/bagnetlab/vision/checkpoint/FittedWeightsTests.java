package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Twin;
import org.bagnetlab.vision.checkpoint.CheckpointExamples.Example;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FittedWeightsTests {

  @TempDir private Path directory = Path.of("");

  static List<Example> good() {
    return CheckpointExamples.good();
  }

  static List<Example> bad() {
    return CheckpointExamples.bad();
  }

  static List<Blueprint> blueprints() {
    return Architectures.all();
  }

  @ParameterizedTest
  @MethodSource("good")
  void widthAndClassesAreThoseOfTheNetworkThatWasSaved(Example example) throws IOException {
    FittedWeights weights = fit(example, example.architecture());
    assertThat(weights.width()).isEqualTo(example.about().get("width").doubleValue());
    assertThat(weights.classes()).isEqualTo(example.about().get("classes").intValue());
  }

  @ParameterizedTest
  @MethodSource("good")
  void theNetworkIsRecognised(Example example) throws IOException {
    assertThat(FittedWeights.bestMatch(CheckpointFile.read(example.file())).map(Blueprint::name))
        .contains(example.architecture());
  }

  /** Their tensors have the names of torchvision's ResNet-50, and other shapes. */
  @ParameterizedTest
  @ValueSource(strings = {"bagnet9_v2", "bagnet17_v2", "bagnet33_v2"})
  void bagNetsOfTheSecondVersionAreRecognised(String name) throws IOException {
    for (double width : List.of(0.25, 1.0)) {
      assertThat(
              FittedWeights.bestMatch(shapesOnly(Architectures.named(name).build(1000, width, 224)))
                  .map(Blueprint::name))
          .contains(name);
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsBadIsRefusedInOneLine(Example example) {
    JsonNode name = example.about().get("must_name");
    assertThatThrownBy(() -> fit(example, example.architecture()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name.isNull() ? "" : name.asText())
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @MethodSource("good")
  void asAnotherNetworkItIsRefusedByATensor(Example example) {
    String other = example.architecture().equals("bagnet33") ? "bagnet9" : "bagnet33";
    assertThatThrownBy(() -> fit(example, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Tensor ")
        .hasMessageContaining("The file looks like " + example.architecture());
  }

  @Test
  void bothShapesAreNamed() {
    assertThatThrownBy(() -> fit(CheckpointExamples.named("bad_wrong_shape.pth"), "bagnet9"))
        .hasMessageContaining("layer3.0.bn1.weight has shape [9]")
        .hasMessageContaining("expects [8]");
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void anyWidthIsFoundFromTheShapes(Blueprint blueprint) throws IOException {
    for (double width : List.of(0.01, 0.05, 0.1, 0.25, 0.3, 0.37, 0.5, 1.0, 1.5)) {
      Architecture architecture = blueprint.build(7, width, 224);
      NamedTensors tensors = NamedTensors.of(shapesOnly(architecture), blueprint.renaming());
      Architecture found = FittedArchitecture.find(tensors, blueprint).architecture();
      assertThat(found.tensors())
          .as("%s at %s", blueprint.name(), width)
          .isEqualTo(architecture.tensors());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.05", "0.1, 0.1", "0.0625, 0.0625", "0.37, 0.37", "1, 1"})
  void theWidthIsTheOneThatAPersonWouldSay(double written, double found) throws IOException {
    Blueprint blueprint = Architectures.named("bagnet17");
    CheckpointFile file = shapesOnly(blueprint.build(7, written, 224));
    assertThat(
            FittedArchitecture.find(NamedTensors.of(file, blueprint.renaming()), blueprint).width())
        .isEqualTo(found);
  }

  @Test
  void aGivenWidthThatIsNotTheFilesIsRefusedByATensor() throws IOException {
    CheckpointFile file = CheckpointFile.read(CheckpointExamples.named("bagnet33_zip.pth").file());
    assertThatThrownBy(
            () -> FittedWeights.of(file, Architectures.named("bagnet33"), Optional.of(0.25)))
        .hasMessageContaining("Tensor conv1.weight has shape [4, 3, 1, 1]")
        .hasMessageContaining("[16, 3, 1, 1]");
  }

  @Test
  void aWidthThatNoNetworkHasIsRefused() throws IOException {
    CheckpointFile file = CheckpointFile.read(CheckpointExamples.named("bagnet33_zip.pth").file());
    for (double width : List.of(-1.0, 0.0, 1e-300, 0.0099, 4.01, Double.NaN)) {
      assertThatThrownBy(
              () -> FittedWeights.of(file, Architectures.named("bagnet33"), Optional.of(width)))
          .isInstanceOf(IOException.class)
          .hasMessage("The width must be from 0.01 to 4, but is " + width + ".");
    }
  }

  @Test
  void aNumberTooLongInANameIsNoReasonToFail() {
    CheckpointFile file = oneTensor("layer1.99999999999.conv1.weight");
    assertThatThrownBy(
            () -> FittedWeights.of(file, Architectures.named("resnet50"), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void anotherNumberOfClassesGetsANewClassifierAndSaysSo() throws IOException {
    FittedWeights thousand =
        fit(CheckpointExamples.named("bagnet17_imagenet_head.pth"), "bagnet17");
    FittedWeights fifteen = thousand.withClasses(15, 4);
    assertThat(fifteen.classes()).isEqualTo(15);
    assertThat(fifteen.notes().toString()).contains("fc.weight", "1000 classes", "new one for 15");
    Map<String, float[]> kept = new LinkedHashMap<>(thousand.values());
    kept.putAll(
        Map.of(
            "fc.weight", fifteen.values().get("fc.weight"),
            "fc.bias", fifteen.values().get("fc.bias")));
    assertThat(fifteen.values()).isEqualTo(kept);
    assertThat(fifteen.values().get("fc.weight"))
        .isEqualTo(InitialWeights.of(fifteen.architecture(64), 4).get("fc.weight"));
    assertThat(thousand.withClasses(1000, 4)).isSameAs(thousand);
  }

  @Test
  void torchvisionsNamesMeanVersion15() throws IOException {
    CheckpointFile public1 =
        CheckpointFile.read(CheckpointExamples.named("resnet50_pytorchcv.pth").file());
    CheckpointFile torchvision = torchvisionNames(public1);
    assertThat(FittedWeights.bestMatch(torchvision).map(Blueprint::name)).contains("resnet50_v15");
    FittedWeights v1 =
        FittedWeights.of(torchvision, Architectures.named("resnet50"), Optional.empty());
    assertThat(v1.notes().toString())
        .contains("names are those of the published ResNet-50 v1.5", "Use resnet50_v15");
    FittedWeights v15 =
        FittedWeights.of(torchvision, Architectures.named("resnet50_v15"), Optional.empty());
    assertThat(v15.notes().toString()).contains("Names were translated").doesNotContain("Use ");
  }

  /** Each of the two can say which names are whose. */
  @ParameterizedTest
  @MethodSource("blueprints")
  void aTwinHasTheSameTensorsAndIsOneToo(Blueprint blueprint) {
    blueprint
        .twin()
        .ifPresent(
            twin -> {
              Blueprint other = Architectures.named(twin.name());
              assertThat(other.build(7, 0.25, 224).tensors())
                  .isEqualTo(blueprint.build(7, 0.25, 224).tensors());
              assertThat(other.twin()).contains(new Twin(blueprint.name(), !twin.hasOtherNames()));
            });
    assertThat(blueprint.twin().isPresent())
        .isEqualTo(List.of("resnet50", "resnet50_v15").contains(blueprint.name()));
  }

  @Test
  void aVariantTakesTheWeightsOfANetworkWithTheSameTensors() throws IOException {
    CheckpointFile file = CheckpointFile.read(CheckpointExamples.named("bagnet33_zip.pth").file());
    FittedWeights padded =
        FittedWeights.of(file, Architectures.named("bagnet33_padded"), Optional.empty());
    assertThat(padded.values())
        .isEqualTo(
            FittedWeights.of(file, Architectures.named("bagnet33"), Optional.empty()).values());
    CheckpointFile torchvision =
        torchvisionNames(
            CheckpointFile.read(CheckpointExamples.named("resnet50_pytorchcv.pth").file()));
    for (String variant : List.of("resnet50_no_max_pool", "resnet50_stride16")) {
      assertThat(
              FittedWeights.of(torchvision, Architectures.named(variant), Optional.empty())
                  .values())
          .containsKey("layer4.2.conv3.weight");
    }
  }

  @Test
  void whatWasWrittenHereIsNotTakenForATwin() throws IOException {
    Architecture architecture = Architectures.named("resnet50_v15").build(15, 0.05, 64);
    Path file = directory.resolve("v15.safetensors");
    new Checkpoint(
            NetworkFacts.trained(0.05, 64, List.of("a")).after(Map.of()),
            InitialWeights.of(architecture, 1),
            Map.of("adam.steps", new float[] {3}),
            InitialWeights.of(architecture, 2))
        .write(file, architecture);
    CheckpointFile read = CheckpointFile.read(file);
    assertThat(read.format()).isEqualTo(CheckpointFile.Format.BAGNETLAB);
    assertThat(read.tensors()).hasSize(architecture.tensors().size());
    assertThat(FittedWeights.bestMatch(read).map(Blueprint::name)).contains("resnet50_v15");
    assertThat(
            FittedWeights.of(read, Architectures.named("resnet50_v15"), Optional.empty()).width())
        .isEqualTo(0.05);
    assertThatThrownBy(
            () -> FittedWeights.of(read, Architectures.named("resnet50"), Optional.empty()))
        .hasMessageContaining("written for resnet50_v15");
  }

  @Test
  void whatIsNoNetworkOfOursHasNoMatch() {
    assertThat(FittedWeights.bestMatch(oneTensor("encoder.weight"))).isEmpty();
  }

  private static CheckpointFile oneTensor(String name) {
    return new CheckpointFile(
        CheckpointFile.Format.SAFETENSORS,
        Map.of(),
        Map.of(name, new StoredTensor(List.of(1), "float32", new float[1])));
  }

  private static FittedWeights fit(Example example, String architecture) throws IOException {
    return FittedWeights.of(
        CheckpointFile.read(example.file()), Architectures.named(architecture), Optional.empty());
  }

  /** A file of a network's tensors without their values, which a width does not depend on. */
  private static CheckpointFile shapesOnly(Architecture architecture) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    architecture
        .tensors()
        .forEach(t -> tensors.put(t.name(), new StoredTensor(t.shape(), "float32", new float[0])));
    return new CheckpointFile(CheckpointFile.Format.SAFETENSORS, Map.of(), tensors);
  }

  private static CheckpointFile torchvisionNames(CheckpointFile file) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              String renamed = name.replace("features.init_block.conv.conv", "conv1");
              renamed = renamed.replace("features.init_block.conv.bn", "bn1");
              renamed = renamed.replace("output", "fc");
              for (int block = 6; block >= 1; block--) {
                renamed = renamed.replace(".unit" + block + ".", "." + (block - 1) + ".");
              }
              renamed = renamed.replace("features.stage", "layer");
              renamed = renamed.replaceAll("body\\.conv(\\d)\\.(conv|bn)", "$2$1");
              renamed = renamed.replace("identity_conv.conv", "downsample.0");
              renamed = renamed.replace("identity_conv.bn", "downsample.1");
              tensors.put(renamed, tensor);
            });
    return new CheckpointFile(file.format(), file.metadata(), tensors);
  }
}
