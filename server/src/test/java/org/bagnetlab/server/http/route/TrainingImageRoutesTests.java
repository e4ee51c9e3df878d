package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.train.AugmentationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.contract.Contract;
import org.bagnetlab.server.contract.Exchange;
import org.bagnetlab.server.dataset.TrainingImages;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first images of a training over HTTP, before and after it is queued. */
@Timeout(120)
class TrainingImageRoutesTests {

  /** Images of 64 pixels are enlarged to 128. */
  private static final int PITCH = 132;

  @TempDir Path data;
  TestServer server;

  /** Jobs wait for a device, so that nothing is trained. */
  @BeforeEach
  void start() {
    server = new TestServer(TestServer.settings(data).with(Devices.of(List.of())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String address(String experiment, String request) {
    return "/api/v1/experiments/%s/images?request=%s"
        .formatted(
            experiment, URLEncoder.encode(request.replace('\'', '"'), StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> picture(String address) throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.at(address)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    return response;
  }

  private static BufferedImage decoded(HttpResponse<byte[]> response) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(response.body()));
  }

  @Test
  void anIncompleteRequestHasTheImagesThatItsTrainingLearns() throws Exception {
    BufferedImage sheet =
        decoded(
            picture(
                address(
                    "train",
                    "{'dataset':'controlled-15','seed':3,'crop':0.5,'mixup':0.4,'batchSize':32}")));
    assertThat(sheet.getWidth()).isEqualTo(5 * PITCH - 4);
    assertThat(sheet.getHeight()).isEqualTo(4 * PITCH - 4);
    TrainSpec spec =
        TrainSpec.of("bagnet9", "controlled-15")
            .with(TrainExperiment.SEED, 3L)
            .with(TrainExperiment.BATCH_SIZE, 32)
            .with(AugmentationParameters.CROP, 0.5)
            .with(AugmentationParameters.MIXUP, 0.4);
    List<Pixels> expected = TrainingImages.of(spec, new Controlled15()).first(20);
    for (int i : new int[] {0, 7, 19}) {
      for (int row = 0; row < 128; row++) {
        for (int column = 0; column < 128; column++) {
          Pixels image = expected.get(i);
          int color = 0xFF;
          for (int channel = 0; channel < 3; channel++) {
            color = color << 8 | image.at(row / 2, column / 2, channel);
          }
          assertThat(sheet.getRGB(i % 5 * PITCH + column, i / 5 * PITCH + row)).isEqualTo(color);
        }
      }
    }
    assertThat(sheet.getRGB(129, 0) >>> 24).as("the gap is transparent").isZero();
  }

  @ParameterizedTest
  @CsvSource({"68, 68", "256, 128"})
  void imagesHaveAReadableSize(int side, int shown) throws Exception {
    String request = "{'dataset':'controlled-15','imageSize':%d}".formatted(side);
    BufferedImage sheet = decoded(picture(address("train", request)));
    assertThat(sheet.getWidth()).isEqualTo(5 * shown + 16);
    assertThat(sheet.getHeight()).isEqualTo(4 * shown + 12);
  }

  @Test
  void aQueuedTrainingHasThePictureOfItsRequest() throws Exception {
    String request =
        "{'kind':'train','architecture':'bagnet9','dataset':'controlled-15','recipe':'augmented'}"
            .replace('\'', '"');
    long id = Json.MAPPER.readTree(server.post("/jobs", request).body()).path("id").asLong();
    HttpResponse<byte[]> queued = picture("/api/v1/jobs/%d/images".formatted(id));
    assertThat(queued.body()).isEqualTo(picture(address("train", request)).body());
    String etag = queued.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server.send(
            "/api/v1/jobs/%d/images".formatted(id),
            HttpRequest.newBuilder().header("If-None-Match", etag));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  /** Label smoothing changes no image. */
  @ParameterizedTest
  @CsvSource({
    "'dataset':'controlled-15', true",
    "'dataset':'controlled-15';'labelSmoothing':0.1, true",
    "'dataset':'fractals-60', false",
    "'dataset':'controlled-15';'seed':2, false",
    "'dataset':'controlled-15';'trainImages':5, false",
    "'dataset':'controlled-15';'imageSize':68, false",
    "'dataset':'controlled-15';'batchSize':5, false",
    "'dataset':'controlled-15';'flip':1, false",
  })
  void theEtagIsThatOfTheSettingsWhichDecideThePicture(String fields, boolean same)
      throws Exception {
    String known = etag("{'dataset':'controlled-15'}");
    String other = etag("{%s}".formatted(fields.replace(';', ',')));
    assertThat(other.equals(known)).isEqualTo(same);
  }

  private String etag(String request) throws Exception {
    return picture(address("train", request)).headers().firstValue("ETag").orElseThrow();
  }

  /** Blurred and mixed images take long. */
  @Test
  void onePictureTooManyIsRefused() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 40)
            .mapToObj(
                seed ->
                    address(
                        "train",
                        "{'dataset':'controlled-15','imageSize':128,'blur':10,'mixup':1,'seed':%d}"
                            .formatted(seed)))
            .map(address -> HttpRequest.newBuilder(server.at(address)).build())
            .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .toList();
    List<HttpResponse<String>> answers = asked.stream().map(CompletableFuture::join).toList();
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 200)
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 200)
        .isNotEmpty()
        .allSatisfy(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(503);
              assertThat(refused.body()).contains("too-many-pictures");
              assertThat(refused.headers().firstValue("Retry-After")).isPresent();
              assertThat(refused.headers().firstValue("ETag")).isEmpty();
              Contract.ours().check(Exchange.of(refused));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | {} | 400 | dataset",
        "train | {'dataset':'none'} | 400 | dataset",
        "train | {'dataset':'controlled-15','imageSize':62} | 400 | imageSize",
        "train | {'dataset':'controlled-15','flip':2} | 400 | flip",
        "train | {'dataset':'controlled-15','flop':1} | 400 | flop",
        "train | [] | 400 |",
        "train | {'dataset' | 400 |",
        "heatmap | {'run':1} | 404 |",
        "none | {} | 404 |",
      })
  void aRequestWithoutImagesIsAProblem(
      String experiment, String request, int status, @Nullable String field) throws Exception {
    HttpResponse<String> response = server.get(address(experiment, request));
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode problem = Json.MAPPER.readTree(response.body());
    assertThat(problem.path("field").asText(null)).isEqualTo(field);
  }

  @Test
  void anUnknownJobHasNoImages() throws Exception {
    assertThat(server.get("/api/v1/jobs/99/images").statusCode()).isEqualTo(404);
  }
}
