package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Weights from a file to a training and back to a file, on the command line. */
@Timeout(300)
class WeightsEndToEndTests {

  private static final int CLASSES = 7;

  @TempDir private Path data = Path.of("");
  @TempDir private Path files = Path.of("");
  private Path weights = Path.of("");
  private Path image = Path.of("");

  @BeforeEach
  void write() throws Exception {
    Architecture architecture = Architectures.named("bagnet9").build(CLASSES, 0.0625, 64);
    weights = files.resolve("weights.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(weights, architecture);
    image = files.resolve("image.png");
    ImageIO.write(new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
  }

  private JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    Application.Outcome outcome = new Application(data).run(all.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return Json.MAPPER.readTree(outcome.output());
  }

  private String failure(String... arguments) throws Exception {
    Application.Outcome outcome = new Application(data).run(arguments);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors().strip()).startsWith("bagnetlab: ").doesNotContain("\n");
    return outcome.errors();
  }

  @Test
  void anImageIsClassifiedAndExplainedWithAFilesWeights() throws Exception {
    String[] subject = {
      "--arch",
      "bagnet9",
      "--weights",
      weights.toString(),
      "--image",
      image.toString(),
      "--size",
      "32"
    };
    JsonNode prediction = json(with("predict", subject));
    assertThat(prediction.path("logits")).hasSize(CLASSES);
    double sum = 0;
    for (JsonNode probability : prediction.path("probabilities")) {
      sum += probability.asDouble();
    }
    assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
    Path values = files.resolve("values.npy");
    JsonNode heatmap =
        json(
            with(
                "heatmap",
                subject,
                "--class",
                "6",
                "--stride",
                "4",
                "--values",
                values.toString()));
    assertThat(heatmap.path("width").asInt()).isEqualTo(8);
    assertThat(heatmap.path("class").asInt()).isEqualTo(6);
    assertThat(values).hasSize(128 + 4 * 8 * 8);
    assertThat(failure(with("heatmap", subject, "--class", "7")))
        .contains("--class must be from 0 to 6");
    assertThat(failure(with("predict", subject, "--width", "1"))).contains("conv1.weight");
  }

  private static String[] with(String command, String[] subject, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(subject));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aFileThatIsCutOffIsInspectedAndImportedByNobody() throws Exception {
    JsonNode inspection = json("weights", "inspect", weights.toString());
    assertThat(inspection.path("format").asText()).isEqualTo("bagnetlab");
    assertThat(inspection.path("architecture").asText()).isEqualTo("bagnet9");
    byte[] bytes = Files.readAllBytes(weights);
    Path cut =
        Files.write(files.resolve("cut.safetensors"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(failure("weights", "inspect", cut.toString())).contains("cut.safetensors");
    assertThat(failure("weights", "import", "cut", cut.toString())).contains("cut.safetensors");
    assertThat(json("weights", "list").path("weights")).isEmpty();
  }

  /** Larger than the command's own memory: it is read in a process that has more. */
  @Test
  void aFileThatIsLargerThanMemoryIsRefusedInOneLine() throws Exception {
    long values = 150_000_000;
    byte[] header =
        """
        {"x":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]}}
        """
            .formatted(values, 4 * values)
            .getBytes(StandardCharsets.UTF_8);
    Path large = files.resolve("large.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.writeLong(Long.reverseBytes(header.length));
      file.write(header);
      file.setLength(8 + header.length + 4 * values); // a hole, which takes no disk
    }
    assertThat(failure("weights", "import", "large", large.toString()))
        .containsAnyOf("match no known network", "Out of memory");
  }

  @Test
  void aTrainingStartsFromImportedWeightsAndItsOwnAreExported() throws Exception {
    Application application = new Application(data).withSmallScenes();
    assertThat(application.run("weights", "import", "tiny", weights.toString()).status()).isZero();
    Application.Running server = application.serve();
    try {
      Lab lab = new Lab(server.address());
      long job =
          lab.post(
                  "jobs",
                  """
                  {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes",
                   "weights": "tiny", "recipe": "sgd", "epochs": 1, "batchSize": 64}
                  """)
              .path("id")
              .asLong();
      JsonNode ended =
          lab.await(
              job,
              Duration.ofMinutes(2),
              each -> !each.path("state").asText().matches("QUEUED|RUNNING"));
      assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
      assertThat(application.run("logs", "" + job, "--server", server.address()).output())
          .contains("Starting from the weights 'tiny' (of unknown origin).", "for 7 classes");
      Path exported = files.resolve("exported.safetensors");
      assertThat(
              application
                  .run(
                      "weights",
                      "export",
                      "" + job,
                      exported.toString(),
                      "--server",
                      server.address())
                  .status())
          .isZero();
      JsonNode inspection = json("weights", "inspect", exported.toString());
      assertThat(inspection.path("classes").asInt()).isEqualTo(SmallScenes.CLASSES.size());
      assertThat(inspection.path("width").asDouble()).isEqualTo(.0625);
      Path ordinary = Files.createFile(files.resolve("ordinary"));
      assertThat(Files.getPosixFilePermissions(exported))
          .isEqualTo(Files.getPosixFilePermissions(ordinary));
      assertThat(
              application
                  .run("results", "--dataset", "small-scenes", "--server", server.address())
                  .output())
          .contains(
              "BagNet-9", "Regime: of unknown origin.", "Starting weights: tiny.", "Seeds: 1.");

      assertThat(failure("weights", "remove", "tiny", "--yes")).contains("in use", "--server URL");
      assertThat(
              application
                  .run("weights", "remove", "tiny", "--yes", "--server", server.address())
                  .status())
          .isZero();
      Application.Outcome sent =
          application.run(
              "weights", "import", "ours", exported.toString(), "--server", server.address());
      assertThat(sent.errors()).isEmpty();
      assertThat(sent.output()).startsWith("Imported ours: BagNet-9");
      Application elsewhere =
          new Application(files.resolve("nothing"), Map.of("BAGNETLAB_SERVER", server.address()));
      assertThat(elsewhere.run("weights", "list").output()).contains("ours");
      assertThat(
              elsewhere
                  .run("weights", "list", "--data", files.resolve("nothing").toString())
                  .output())
          .doesNotContain("ours");
    } finally {
      server.kill();
    }
    JsonNode ours = json("weights", "list").path("weights").get(0);
    assertThat(ours.path("regime").asText()).isEqualTo("fine-tuned here on small-scenes from tiny");
    assertThat(application.run("weights", "remove", "ours", "--yes").errors()).isEmpty();
    assertThat(json("weights", "list").path("weights")).isEmpty();
    assertThat(failure("weights", "remove", "ours", "--yes"))
        .contains("There are no weights 'ours'");
  }
}
