package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job gets the very weights that it was queued with, or says what became of them. */
@Timeout(60)
class WeightsFileTests {

  private static final double WIDTH = 0.0625;

  @TempDir private Path folder = Path.of("");
  private Path weights = Path.of("");
  private WeightsVersion imported = new WeightsVersion("zoo", "");

  @BeforeEach
  void importWeights() throws Exception {
    weights = folder.resolve("weights");
    Path file = folder.resolve("zoo.safetensors");
    Architecture architecture = Architectures.named("bagnet9").build(4, WIDTH, 64);
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    imported =
        new WeightsVersion(
            "zoo",
            new WeightsStore(weights)
                .importFrom(
                    "zoo",
                    file,
                    new WeightsImport(
                        Optional.empty(), Optional.empty(), "the zoo", Optional.of("pretrained")))
                .checksum());
  }

  private record Shape(String architecture, double width) {}

  @Test
  void weightsThatAreStillThoseOfTheJobAreTaken() {
    assertThat(WeightsFile.of(weights, imported, "bagnet9", WIDTH)).isRegularFile();
  }

  /** The same file again, as another network or of another width, has the same checksum. */
  @Test
  void weightsThatAreAnotherNetworksByNowHaveChanged() {
    for (Shape shape : List.of(new Shape("bagnet17", WIDTH), new Shape("bagnet9", 1))) {
      assertThatThrownBy(
              () -> WeightsFile.of(weights, imported, shape.architecture(), shape.width()))
          .isInstanceOfSatisfying(
              InvalidJob.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("weights-changed");
                assertThat(refusal.field()).isEqualTo("weights");
                assertThat(refusal)
                    .hasMessageContaining("they are now bagnet9 of width 0.0625 instead of");
              });
    }
  }

  @Test
  void damagedWeightsAreTheJobsProblem() throws Exception {
    Files.writeString(weights.resolve("zoo/weights.json"), "null");
    assertThatThrownBy(() -> WeightsFile.of(weights, imported, "bagnet9", WIDTH))
        .isInstanceOfSatisfying(
            InvalidJob.class, refusal -> assertThat(refusal.code()).isEqualTo("weights-damaged"))
        .hasMessageContaining("weights remove zoo");
  }
}
