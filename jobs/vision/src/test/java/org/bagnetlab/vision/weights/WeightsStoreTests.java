package org.bagnetlab.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointExamples;
import org.bagnetlab.vision.checkpoint.CheckpointExamples.Example;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.staging.Damaged;
import org.bagnetlab.vision.staging.DamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsStoreTests {

  private static final WeightsImport ANY =
      new WeightsImport(Optional.empty(), Optional.empty(), "a test", Optional.empty());

  @TempDir private Path directory = Path.of("");
  private WeightsStore store = new WeightsStore(Path.of(""));

  @BeforeEach
  void open() {
    store = new WeightsStore(directory.resolve("weights"));
  }

  static List<Example> good() {
    return CheckpointExamples.good();
  }

  static List<Example> bad() {
    return CheckpointExamples.bad();
  }

  @ParameterizedTest
  @MethodSource("good")
  void whatIsImportedHasTheSameValuesUnderOurNames(Example example) throws IOException {
    FittedWeights original =
        FittedWeights.of(
            CheckpointFile.read(example.file()),
            Architectures.named(example.architecture()),
            Optional.empty());
    WeightsFacts facts = store.importFrom("some", example.file(), ANY);
    Map<String, float[]> kept = Checkpoint.read(store.file("some")).weights();
    assertThat(kept.keySet()).isEqualTo(original.values().keySet());
    original.values().forEach((name, values) -> assertThat(kept.get(name)).isEqualTo(values));
    assertThat(facts.architecture()).isEqualTo(example.architecture());
    assertThat(facts.width()).isEqualTo(example.about().get("width").doubleValue());
    assertThat(facts.classes()).isEqualTo(example.about().get("classes").intValue());
    assertThat(facts.size()).isEqualTo(Files.size(example.file()));
    assertThat(store.find("some")).contains(facts);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void ofWhatIsRefusedNothingStays(Example example) throws IOException {
    WeightsImport request =
        new WeightsImport(Optional.of("bagnet9"), Optional.empty(), "", Optional.empty());
    assertThatThrownBy(() -> store.importFrom("bad", example.file(), request))
        .isInstanceOf(WeightsRefused.class)
        .hasMessageNotContaining("\n");
    assertThat(store.list().weights()).isEmpty();
    assertThat(directory.resolve("weights"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  @Test
  void whereTheyComeFromIsKept() throws Exception {
    Path file = CheckpointExamples.named("bagnet17_legacy.pth.tar").file();
    WeightsFacts facts =
        store.importFrom(
            "mine",
            file,
            new WeightsImport(
                Optional.of("bagnet17"),
                Optional.of(0.0625),
                "the authors",
                Optional.of("ImageNet")));
    assertThat(facts.source()).isEqualTo("the authors");
    assertThat(facts.regime()).isEqualTo("ImageNet");
    assertThat(facts.format()).isEqualTo("torch-legacy");
    assertThat(facts.checksum())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
    assertThat(Checkpoint.read(store.file("mine")).facts())
        .containsEntry("importedFrom", facts.checksum())
        .containsEntry("width", "0.0625")
        .containsEntry("regime", "ImageNet");
    assertThat(CheckpointFile.read(store.file("mine")).format())
        .isEqualTo(CheckpointFile.Format.BAGNETLAB);
  }

  static List<Arguments> regimes() {
    return List.of(
        arguments(Map.of("regime", "trained here on scenes"), "trained here on scenes"),
        arguments(Map.of("regime", "ImageNet", "importedFrom", "ab"), "ImageNet"),
        // Runs of earlier versions say none.
        arguments(Map.of("epoch", "3"), "trained here"),
        arguments(Map.of("epoch", "3", "dataset", "scenes"), "trained here on scenes"),
        arguments(
            Map.of("epoch", "3", "regime", "from scratch", "dataset", "scenes"),
            "trained here on scenes"),
        arguments(Map.of("epoch", "3", "regime", "a\u001b[2J"), "trained here"),
        arguments(Map.of("epoch", "3", "dataset", "s".repeat(80)), "trained here"),
        arguments(Map.of("regime", "a".repeat(81), "importedFrom", "ab"), "of unknown origin"),
        arguments(Map.of(), "of unknown origin"));
  }

  @ParameterizedTest
  @MethodSource("regimes")
  void aFileOfOursSaysItselfHowItWasTrained(Map<String, String> said, String regime)
      throws IOException {
    Path file = written(said);
    assertThat(store.importFrom("mine", file, ANY).regime()).isEqualTo(regime);
    assertThat(Checkpoint.read(store.file("mine")).facts()).containsEntry("regime", regime);
    assertThat(store.importFrom("again", store.file("mine"), ANY).regime()).isEqualTo(regime);
    assertThat(store.importFrom("told", file, told("", "fine-tuned twice")).regime())
        .isEqualTo("fine-tuned twice");
    assertThat(store.importFrom("zoo", file, told("", "pretrained")).regime())
        .isEqualTo("pretrained");
    assertThat(store.importFrom("blank", file, told("", " ")).regime()).isEqualTo(regime);
  }

  /** What an unknown program means by these words is not known. */
  @Test
  void aFileOfOthersSaysNothingOfItsTraining() throws IOException {
    Path file = written(Map.of("regime", "trained here on scenes", "imageSize", "64"));
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, bytes.replace("\"format\":\"1\"", "\"format\":\"p\""), StandardCharsets.ISO_8859_1);
    WeightsFacts facts = store.importFrom("mine", file, ANY);
    assertThat(facts.format()).isEqualTo("safetensors");
    assertThat(facts.regime()).isEqualTo("of unknown origin");
    assertThat(Checkpoint.read(store.file("mine")).facts()).doesNotContainKey("imageSize");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from scratch", " From Scratch", "a\u001b[2J", "a\nb", "a\u202eb"})
  void noFalseOrUnprintableRegimeIsKept(String regime) {
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    assertThatThrownBy(() -> store.importFrom("mine", file, told("", regime)))
        .isInstanceOf(WeightsRefused.class)
        .hasMessageContaining("regime");
    assertThatThrownBy(() -> store.importFrom("mine", file, told("a".repeat(81), "pretrained")))
        .isInstanceOf(WeightsRefused.class)
        .hasMessageContaining("source");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsRefused() throws IOException {
    Path file = written(Map.of());
    assertThatThrownBy(
            () ->
                ImportedFile.read(
                    file,
                    ANY,
                    path -> {
                      CheckpointFile read = CheckpointFile.read(path);
                      Files.write(path, new byte[1], StandardOpenOption.APPEND);
                      return read;
                    }))
        .isInstanceOf(WeightsRefused.class)
        .hasMessageContaining("changed while being read");
  }

  private static WeightsImport told(String source, String regime) {
    return new WeightsImport(Optional.empty(), Optional.empty(), source, Optional.of(regime));
  }

  /** A small checkpoint of this project. */
  private Path written(Map<String, String> facts) throws IOException {
    Path file = directory.resolve("ours.safetensors");
    Architecture architecture = Architectures.named("bagnet9").build(3, 0.05, 64);
    Checkpoint.of(facts, InitialWeights.of(architecture, 1)).write(file, architecture);
    return file;
  }

  /** Written by this format's first versions, the very first of which wrote no version. */
  @ParameterizedTest
  @ValueSource(strings = {"format-1.json", "format-1-without-version.json"})
  void factsOfEarlierVersionsAreRead(String example) throws Exception {
    Files.write(folderOf("mine").resolve("weights.json"), frozen(example));
    Files.createFile(folderOf("mine").resolve("weights.safetensors"));
    WeightsFacts facts =
        new WeightsFacts(
            "mine",
            "3b1c2f0a9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a",
            "bagnet17",
            0.0625,
            15,
            70071,
            "the authors",
            "ImageNet",
            "torch-legacy",
            312345,
            List.of("Names were translated."),
            "2026-01-02T03:04:05.678901Z");
    assertThat(store.find("mine")).contains(facts);
    assertThat(store.list().weights()).containsExactly(facts);
  }

  @Test
  void factsAreWrittenAsTheFrozenOnesAre() throws Exception {
    store.importFrom("mine", written(Map.of()), ANY);
    JsonMapper mapper = new JsonMapper();
    JsonNode frozen = mapper.readTree(frozen("format-1.json"));
    JsonNode written = mapper.readTree(folderOf("mine").resolve("weights.json").toFile());
    assertThat(written.get("formatVersion").intValue()).isEqualTo(1);
    assertThat(written.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> frozen.fieldNames());
  }

  /** One of them must not make a list of all fail, here or where it is shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"formatVersion\" : 1 | \"formatVersion\" : 2 | has format 2; this version reads format 1",
        "bagnet17 | no-network | no architecture 'no-network'",
        "3b1c2f | 3b | is not a checksum",
        "\"name\" : \"mine\" | \"name\" : \"yours\" | it belongs to 'yours'",
        "\"source\" : \"the authors\" | \"source\" : null | source",
        "\"source\" : \"the authors\", | '' | source",
        "\"classes\" : 15 | \"classes\" : [ | damaged",
      })
  void factsThatMakeNoSenseAreNotListed(String from, String to, String why) throws Exception {
    String json = new String(frozen("format-1.json"), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    Files.writeString(folderOf("mine").resolve("weights.json"), json.replace(from, to));
    store.importFrom("good", written(Map.of()), ANY);
    assertThat(store.list().weights()).extracting(WeightsFacts::name).containsExactly("good");
    assertThatThrownBy(() -> store.find("mine"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'mine'")
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private Path folderOf(String name) throws IOException {
    return Files.createDirectories(directory.resolve("weights").resolve(name));
  }

  private static byte[] frozen(String example) throws IOException {
    try (InputStream in = WeightsStoreTests.class.getResourceAsStream("/weights/" + example)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void aNameIsTakenOnceAndFreeAfterRemoval() throws IOException {
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    store.importFrom("mine", file, ANY);
    assertThatThrownBy(() -> store.importFrom("mine", file, ANY)).hasMessageContaining("already");
    store.remove("mine").close();
    assertThat(store.find("mine")).isEmpty();
    assertThat(directory.resolve("weights")).isEmptyDirectory();
    assertThatThrownBy(() -> store.remove("mine")).hasMessageContaining("There are no weights");
    store.importFrom("mine", file, ANY);
    assertThat(store.list().weights()).extracting(WeightsFacts::name).containsExactly("mine");
  }

  /** All have read their file before one of them takes the name. */
  @Test
  void ofManyImportsOfOneNameOneWinsAndTheOthersHearThatItIsTaken() throws Exception {
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    int imports = 6;
    ExecutorService threads = Executors.newFixedThreadPool(imports);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Optional<WeightsNameException>>> outcomes = new ArrayList<>();
      for (int i = 0; i < imports; i++) {
        outcomes.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    store.importFrom("mine", file, ANY);
                    return Optional.empty();
                  } catch (WeightsNameException e) {
                    return Optional.of(e);
                  }
                }));
      }
      start.countDown();
      List<WeightsNameException> lost = new ArrayList<>();
      for (Future<Optional<WeightsNameException>> outcome : outcomes) {
        outcome.get().ifPresent(lost::add);
      }
      assertThat(lost)
          .hasSize(imports - 1)
          .allSatisfy(
              e -> {
                assertThat(e.reason()).isEqualTo(WeightsNameException.Reason.TAKEN);
                assertThat(e).hasMessageContaining("The weights 'mine' already exist");
              });
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> left = Files.list(directory.resolve("weights"))) {
      assertThat(left).extracting(Path::getFileName).containsExactly(Path.of("mine"));
    }
  }

  @Test
  void aNameIsCheckedBeforeAnythingIsRead() throws IOException {
    store.checkName("mine");
    store.importFrom("mine", CheckpointExamples.named("bagnet33.safetensors").file(), ANY);
    assertThatThrownBy(() -> store.checkName("mine"))
        .isInstanceOfSatisfying(
            WeightsNameException.class,
            e -> assertThat(e.reason()).isEqualTo(WeightsNameException.Reason.TAKEN));
    for (String name : List.of("", ".", "..", "a/b", "A", "a".repeat(65), "a\nb")) {
      assertThatThrownBy(() -> store.importFrom(name, directory.resolve("none"), ANY))
          .isInstanceOfSatisfying(
              WeightsNameException.class,
              e -> assertThat(e.reason()).isEqualTo(WeightsNameException.Reason.IMPOSSIBLE));
    }
  }

  @Test
  void aDiskThatFailsIsNotTheFilesFault() throws IOException {
    Files.createFile(directory.resolve("weights"));
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    assertThatThrownBy(() -> store.importFrom("mine", file, ANY))
        .isInstanceOf(IOException.class)
        .isNotInstanceOfAny(WeightsRefused.class, WeightsNameException.class);
  }

  @Test
  void aNameCannotLeaveTheFolder() {
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    assertThatThrownBy(() -> store.importFrom("../mine", file, ANY))
        .hasMessageContaining("is not a valid name");
    assertThatThrownBy(() -> store.file("../mine")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.remove("..")).isInstanceOf(IOException.class);
  }

  @Test
  void anUnknownNetworkIsRefusedWithTheKnownOnes() {
    Path file = CheckpointExamples.named("bagnet33.safetensors").file();
    WeightsImport request =
        new WeightsImport(Optional.of("no-network"), Optional.empty(), "", Optional.empty());
    assertThatThrownBy(() -> store.importFrom("mine", file, request))
        .isInstanceOf(WeightsRefused.class)
        .hasMessageContaining("no-network")
        .hasMessageContaining("bagnet33");
  }

  @Test
  void damagedOnesAreListedWithTheirProblemAndHideNoOthers() throws IOException {
    store.importFrom("mine", CheckpointExamples.named("bagnet33.safetensors").file(), ANY);
    Path folder = directory.resolve("weights");
    for (String name : List.of("empty", "null", "without")) {
      Path copy = Files.createDirectory(folder.resolve(name));
      for (String file : List.of("weights.json", "weights.safetensors")) {
        Files.copy(folder.resolve("mine").resolve(file), copy.resolve(file));
      }
    }
    Files.write(folder.resolve("empty/weights.json"), new byte[0]);
    Files.writeString(folder.resolve("null/weights.json"), "null");
    Files.delete(folder.resolve("without/weights.safetensors"));
    Path facts = folder.resolve("without/weights.json");
    Files.writeString(facts, Files.readString(facts).replace("\"mine\"", "\"without\""));
    Files.createDirectory(folder.resolve("nothing"));
    Files.copy(
        folder.resolve("mine").resolve("weights.json"),
        Files.createDirectory(folder.resolve(".importing-1")).resolve("weights.json"));
    assertThat(store.list().weights()).extracting(WeightsFacts::name).containsExactly("mine");
    List<Damaged> damaged = store.list().damaged();
    assertThat(damaged)
        .extracting(Damaged::name)
        .containsExactly("empty", "nothing", "null", "without");
    assertThat(damaged.get(1).problem())
        .contains("weights.json of the weights 'nothing' is missing");
    assertThat(damaged.get(3).problem()).contains("weights.safetensors", "is missing");
    for (Damaged each : damaged) {
      assertThat(each.problem())
          .endsWith(
              "weights remove %s (while a server runs, with --server URL), and import them again."
                  .formatted(each.name()))
          .doesNotContain("\n");
      assertThatThrownBy(() -> store.find(each.name()))
          .isInstanceOf(DamagedException.class)
          .hasMessage(each.problem());
      store.remove(each.name()).close();
    }
    assertThat(store.list().damaged()).isEmpty();
  }

  /** A file that the disk does not give may be whole: nobody is told to remove it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void factsThatCannotBeReadAreNotCalledDamaged() throws IOException {
    store.importFrom("mine", CheckpointExamples.named("bagnet33.safetensors").file(), ANY);
    Path facts = directory.resolve("weights/mine/weights.json");
    Files.delete(facts);
    // Reading the beginning of a process's memory is an input/output error.
    Files.createSymbolicLink(facts, Path.of("/proc/self/mem"));
    assertThat(store.list().damaged())
        .extracting(Damaged::problem)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("The weights.json of the weights 'mine' cannot be read: ")
        .endsWith(". Check its permissions and the disk.");
  }
}
