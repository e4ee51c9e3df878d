package org.bagnetlab.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.staging.StagedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers to requests, and whose fault it is when one cannot be met. */
@Timeout(60)
class EngineCommandsTests {

  @TempDir private Path folder = Path.of("");

  private static EngineRequest.ImportWeights importing(String name, Path file, Path weights) {
    return new EngineRequest.ImportWeights(
        name,
        file.toString(),
        Optional.empty(),
        Optional.empty(),
        "the zoo",
        Optional.empty(),
        weights.toString());
  }

  private static EngineAnswer answer(EngineRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EngineCommands(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new LinkedBlockingQueue<>())
        .answer(Json.line(request));
    return Json.MAPPER.readValue(out.toByteArray(), EngineAnswer.class);
  }

  private static EngineAnswer.Failed refusal(EngineRequest request) throws IOException {
    EngineAnswer answer = answer(request);
    assertThat(answer).isInstanceOf(EngineAnswer.Failed.class);
    return (EngineAnswer.Failed) answer;
  }

  private Path checkpoint() throws IOException {
    Architecture architecture = Architectures.named("bagnet9").build(4, 0.0625, 64);
    Path file = folder.resolve("bagnet9.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    return file;
  }

  /** A file of one tensor, {@code x}. */
  private Path oneTensor(float... values) throws IOException {
    byte[] header =
        """
        {"x":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]}}
        """
            .formatted(values.length, 4 * values.length)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Files.write(folder.resolve("one.safetensors"), bytes.array());
  }

  @Test
  void aCheckpointIsInspectedAndImported() throws IOException {
    JsonNode inspection =
        ((EngineAnswer.Result) answer(new EngineRequest.InspectWeights(checkpoint().toString())))
            .value();
    assertThat(inspection.path("architecture").asText()).isEqualTo("bagnet9");
    assertThat(inspection.has("problem")).isFalse();
    JsonNode facts =
        ((EngineAnswer.Result) answer(importing("zoo", checkpoint(), folder.resolve("weights"))))
            .value();
    assertThat(facts.path("name").asText()).isEqualTo("zoo");
    assertThat(folder.resolve("weights/zoo")).isDirectory();
  }

  @Test
  void valuesThatAreNoNumbersAreAProblemWhateverTheFileIsOf() throws IOException {
    JsonNode good =
        ((EngineAnswer.Result) answer(new EngineRequest.InspectWeights(oneTensor(1, 2).toString())))
            .value();
    assertThat(good.path("architecture").isNull()).isTrue();
    assertThat(good.has("problem")).isFalse();
    JsonNode bad =
        ((EngineAnswer.Result)
                answer(new EngineRequest.InspectWeights(oneTensor(1, Float.NaN).toString())))
            .value();
    assertThat(bad.path("problem").asText())
        .isEqualTo("one.safetensors: Tensor x is not finite: its value 2 of 2 is NaN.");
  }

  @Test
  void aNameAndAFileAreTheAskersFault() throws IOException {
    Path weights = folder.resolve("weights");
    EngineAnswer.Failed impossible = refusal(importing("..", checkpoint(), weights));
    assertThat(impossible.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(impossible.field()).contains("name");
    assertThat(impossible.code()).isEqualTo("invalid-field");
    assertThat(answer(importing("zoo", checkpoint(), weights)))
        .isInstanceOf(EngineAnswer.Result.class);
    EngineAnswer.Failed taken = refusal(importing("zoo", checkpoint(), weights));
    assertThat(taken.code()).isEqualTo("weights-taken");
    assertThat(taken.field()).contains("name");
    EngineAnswer.Failed refused = refusal(importing("other", oneTensor(1), weights));
    assertThat(refused.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(refused.code()).isEqualTo("weights-refused");
    assertThat(refused.field()).isEmpty();
  }

  @Test
  void aDiskIsNotTheAskersFault() throws IOException {
    Path occupied = Files.createFile(folder.resolve("weights"));
    assertThat(refusal(importing("zoo", checkpoint(), occupied)).family())
        .isEqualTo(ErrorFamily.INTERNAL_ERROR);
    EngineAnswer.Failed full = EngineFailures.of(new IOException("No space left on device"));
    assertThat(full.family()).isEqualTo(ErrorFamily.EXTERNAL);
    assertThat(full.code()).isEqualTo("disk-full");
    assertThat(EngineFailures.of(new OutOfMemoryError("Java heap space")).family())
        .isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(EngineFailures.of(new IOException("Map failed", new OutOfMemoryError())).family())
        .isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
  }

  @Test
  void aPathOfTheServerIsNotAMessage() {
    assertThat(EngineFailures.of(new AccessDeniedException("/data/weights/zoo")).message())
        .isEqualTo("zoo: access denied");
    assertThat(EngineFailures.of(new FileNotFoundException()).message())
        .contains("FileNotFoundException");
  }

  @Test
  void aFileThatIsNoSetOfImagesIsItsSendersFault() throws IOException {
    Path file = Files.writeString(folder.resolve("scenes.zip"), "no zip");
    EngineAnswer.Failed refusal =
        refusal(
            new EngineRequest.ImportDataset(
                "scenes",
                file.toString(),
                folder.resolve("datasets").toString(),
                StagedFolder.ownedName()));
    assertThat(refusal.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(refusal.code()).isEqualTo("dataset-refused");
    assertThat(refusal.message()).startsWith("scenes.zip is neither");
    assertThat(folder.resolve("datasets")).isEmptyDirectory();
  }

  @Test
  void theDoctorIsToldHowFastTheMachineIs() throws Exception {
    JsonNode report = ((EngineAnswer.Result) answer(new EngineRequest.Doctor())).value();
    assertThat(report.path("engine").asText()).contains("oneDNN");
    assertThat(report.path("evidence").asText()).contains("matrix products by oneDNN");
    // A processor of this century, in operations and bytes a second.
    assertThat(report.at("/limits/flops").asDouble()).isBetween(1e8, 1e15);
    assertThat(report.at("/limits/bytes").asDouble()).isBetween(1e8, 1e14);
  }
}
