package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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
    new Checkpoint(Map.of("epoch", "4"), weights, Map.of("adam.steps", new float[] {7}))
        .write(file, architecture);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.facts()).containsEntry("epoch", "4").containsEntry("architecture", "bagnet9");
    assertThat(read.weights().keySet()).isEqualTo(weights.keySet());
    weights.forEach((name, values) -> assertThat(read.weights().get(name)).isEqualTo(values));
    assertThat(read.optimiser().get("adam.steps")).containsExactly(7f);
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aCutFileSaysWhereItEnds() throws IOException {
    Path file = directory.resolve("a.safetensors");
    new Checkpoint(Map.of(), InitialWeights.of(architecture, 3), Map.of())
        .write(file, architecture);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(() -> Checkpoint.read(file))
        .hasMessageContaining("but the file at byte " + (whole.length - 5));
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(IOException.class);
  }
}
