package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that show the same, over HTTP: of a data set, its pictures, and in a run's split. */
@Timeout(120)
class DuplicateRoutesTests {

  @TempDir Path data;
  @TempDir Path source;
  TestServer server;

  /** Ten images of each class in each folder; three test images are copies of training images. */
  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < 10; i++) {
      write("train/Coast/%d.png".formatted(i), i);
      write("train/Forest/%d.png".formatted(i), 100 + i);
      write("test/Coast/%d.png".formatted(i), i < 3 ? i : 200 + i);
      write("test/Forest/%d.png".formatted(i), 300 + i);
    }
    var _ =
        new DatasetStore(data.resolve("datasets"))
            .importFrom("copies", source, (done, total) -> {});
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void write(String path, int seed) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < 40 * 40; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt());
    }
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private long train() throws Exception {
    return train("copies", "keep");
  }

  private long train(String dataset, String duplicates) throws Exception {
    HttpResponse<String> response =
        server.post(
            "/jobs",
            """
            {"kind":"train","architecture":"bagnet9","dataset":"%s","duplicates":"%s"}"""
                .formatted(dataset, duplicates));
    assertThat(response.statusCode()).isEqualTo(201);
    return Json.MAPPER.readTree(response.body()).path("id").asLong();
  }

  @Test
  void aDataSetsDuplicatesArePairs() throws Exception {
    JsonNode found = server.json("/datasets/copies/duplicates");
    assertThat(found.path("threshold").asDouble()).isEqualTo(.99);
    assertThat(found.path("pairs"))
        .hasSize(3)
        .allSatisfy(
            pair -> {
              assertThat(pair.path("identical").asBoolean()).isTrue();
              assertThat(pair.path("crossSplit").asBoolean()).isTrue();
            });
    assertThat(found.at("/pairs/1/first").asText()).isEqualTo("test/Coast/1.png");
    assertThat(found.at("/pairs/1/second").asText()).isEqualTo("train/Coast/1.png");
    assertThat(server.json("/datasets/controlled-15/duplicates").path("pairs")).isEmpty();
    assertThat(server.get("/api/v1/datasets/none/duplicates").statusCode()).isEqualTo(404);
  }

  @Test
  void anImageIsASmallPicture() throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.at(image("test/Coast/1.png"))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    BufferedImage picture = ImageIO.read(new java.io.ByteArrayInputStream(response.body()));
    assertThat(picture.getWidth()).isEqualTo(128);
    for (String path : new String[] {"../dataset.json", "test/Coast/11.png", ""}) {
      assertThat(server.get("/api/v1/datasets/copies/image?path=" + path).statusCode())
          .isEqualTo(404);
    }
  }

  private static String image(String path) {
    return "/api/v1/datasets/copies/image?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  /** As the training will find, which waits here for a device. */
  @Test
  void aRunThatCannotBeSplitHasNoCount() throws Exception {
    for (int i = 0; i < 10; i++) {
      write("test/Coast/%d.png".formatted(i), i);
    }
    var _ =
        new DatasetStore(data.resolve("datasets"))
            .importFrom("learnt", source, (done, total) -> {});
    server.close();
    server = new TestServer(TestServer.settings(data).with(Devices.of(List.of())));
    long run = train("learnt", "leave-out");
    HttpResponse<String> response = server.get("/api/v1/runs/%d/duplicates".formatted(run));
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(Json.MAPPER.readTree(response.body()).path("code").asText()).isEqualTo("no-split");
    assertThat(response.body())
        .contains("Without duplicates, class Coast of learnt has no test images.");
  }

  /** The worker of these tests learns images with another checksum. */
  @Test
  void aRunOfOtherImagesHasNeitherACountNorImages() throws Exception {
    try (EventStream events = server.events("")) {
      long run = train();
      events.await(run, "SUCCEEDED");
      for (String path : List.of("/runs/%d/duplicates", "/jobs/%d/images")) {
        HttpResponse<String> response = server.get("/api/v1" + path.formatted(run));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
            .contains("The data set 'copies' of run %d was deleted or replaced.".formatted(run));
      }
    }
    assertThat(server.get("/api/v1/runs/99/duplicates").statusCode()).isEqualTo(404);
  }
}
