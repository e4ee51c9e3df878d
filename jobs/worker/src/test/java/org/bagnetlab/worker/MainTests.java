package org.bagnetlab.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process itself. */
@Timeout(60)
class MainTests {

  /**
   * Numbers are part of tensors' and images' names, and so of the images of controlled-15 and of
   * the permutations of tiles. Egypt writes them in other digits.
   */
  @Test
  void theMachinesLanguageChangesNoName(@TempDir Path folder)
      throws IOException, InterruptedException {
    Architecture architecture = Architectures.named("bagnet9").build(4, 0.0625, 64);
    Path file = folder.resolve("bagnet9.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                Json.line(new EngineRequest.InspectWeights(file.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    EngineAnswer answer =
        Json.MAPPER.readValue(process.getInputStream().readAllBytes(), EngineAnswer.class);
    assertThat(process.waitFor()).isZero();
    assertThat(answer).isInstanceOf(EngineAnswer.Result.class);
    assertThat(((EngineAnswer.Result) answer).value().has("problem")).isFalse();
  }
}
