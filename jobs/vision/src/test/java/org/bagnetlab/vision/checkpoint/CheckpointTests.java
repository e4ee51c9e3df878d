package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTests {

  private final Architecture architecture = Architectures.named("bagnet9").build(15, 0.05, 64);
  @TempDir private Path directory = Path.of("");

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = directory.resolve("a.safetensors");
    Map<String, float[]> weights = InitialWeights.of(architecture, 3);
    Map<String, float[]> best = InitialWeights.of(architecture, 4);
    new Checkpoint(Map.of("epoch", "4"), weights, Map.of("adam.steps", new float[] {7}), best)
        .write(file, architecture);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.facts()).containsEntry("epoch", "4").containsEntry("architecture", "bagnet9");
    assertThat(read.weights().keySet()).isEqualTo(weights.keySet());
    weights.forEach((name, values) -> assertThat(read.weights().get(name)).isEqualTo(values));
    assertThat(read.optimiser().get("adam.steps")).containsExactly(7f);
    best.forEach((name, values) -> assertThat(read.best().get(name)).isEqualTo(values));
    assertThat(CheckpointFile.read(file).tensors().keySet()).isEqualTo(weights.keySet());
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void equalCheckpointsAreEqualFiles() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      facts.put("fact-" + i, "said");
      backwards.put("fact-" + (8 - i), "said");
    }
    Map<String, float[]> weights = InitialWeights.of(architecture, 3);
    Checkpoint.of(facts, weights).write(directory.resolve("a"), architecture);
    Checkpoint.of(backwards, weights).write(directory.resolve("b"), architecture);
    assertThat(directory.resolve("a")).hasSameBinaryContentAs(directory.resolve("b"));
  }

  @Test
  void aCutFileSaysWhereItEnds() throws IOException {
    Path file = directory.resolve("a.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 3)).write(file, architecture);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(() -> Checkpoint.read(file))
        .hasMessageContaining("but the file at byte " + (whole.length - 5));
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(IOException.class);
  }

  /** Written by version 0.1.0, whose files said neither width nor class names. */
  @Test
  void aFileOfTheFirstReleaseIsRead() throws Exception {
    Path file =
        Path.of(
            Objects.requireNonNull(
                    CheckpointTests.class.getResource("/checkpoints/format-1.safetensors"))
                .toURI());
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.facts()).containsEntry("epoch", "4");
    assertThat(read.optimiser().get("adam.steps")).containsExactly(7f);
    assertThat(NetworkFacts.in(read.facts())).isEqualTo(NetworkFacts.unknown());
    FittedWeights fitted =
        FittedWeights.of(
            CheckpointFile.read(file), Architectures.named("bagnet9"), Optional.empty());
    assertThat(fitted.classes()).isEqualTo(15);
    fitted
        .values()
        .forEach((name, values) -> assertThat(values).isEqualTo(read.weights().get(name)));
  }

  @Test
  void whatIsKnownOfTheNetworkIsReadBack() {
    NetworkFacts facts = NetworkFacts.trained(0.25, 64, List.of("a \"b\"", "c"));
    assertThat(NetworkFacts.in(facts.after(Map.of("classes", "2")))).isEqualTo(facts);
    assertThat(facts.after(Map.of("epoch", "3")))
        .containsEntry("epoch", "3")
        .containsEntry("classNames", "[\"a \\\"b\\\"\",\"c\"]");
    assertThat(NetworkFacts.in(Map.of("width", "x", "imageSize", "-3", "classNames", "[1")))
        .isEqualTo(NetworkFacts.unknown());
  }

  /** They are shown on terminals. */
  @Test
  void classNamesAreMadePrintable() {
    NetworkFacts facts =
        NetworkFacts.trained(1, 64, List.of("a\u001b[2Jb", "c\u202ed", "e".repeat(200), "Küche"));
    assertThat(NetworkFacts.in(facts.after(Map.of("classes", "4"))).classNames())
        .contains(List.of("a?[2Jb", "c?d", "e".repeat(100), "Küche"));
  }

  @Test
  void classNamesThatAreNotAsManyAsTheClassesAreLeftOut() {
    NetworkFacts facts = NetworkFacts.trained(1, 64, List.of("a", "b"));
    assertThat(NetworkFacts.in(facts.after(Map.of("classes", "3"))).classNames()).isEmpty();
    assertThat(NetworkFacts.in(facts.after(Map.of())).classNames()).isEmpty();
    assertThat(facts.ofClasses(3).classNames()).isEmpty();
    assertThat(facts.ofClasses(2)).isEqualTo(facts);
    assertThat(NetworkFacts.in(Map.of("classes", "0", "classNames", "null")))
        .isEqualTo(NetworkFacts.unknown());
  }
}
