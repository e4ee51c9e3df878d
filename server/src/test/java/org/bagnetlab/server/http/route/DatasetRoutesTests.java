package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data sets over HTTP: uploaded, imported whole or not at all, looked through and deleted. */
@Timeout(180)
class DatasetRoutesTests {

  private static final String OCTETS = "application/octet-stream";

  @TempDir Path data;
  TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] png(int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Five training and two test images of each of two classes; one image is wider. */
  private static Map<String, byte[]> scenes() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      files.put("train/Coast/%d.png".formatted(i), png(i == 0 ? 60 : 40, 40, i));
      files.put("train/Forest/%d.png".formatted(i), png(40, 40, 100 + i));
    }
    for (int i = 0; i < 2; i++) {
      files.put("test/Coast/%d.png".formatted(i), png(40, 40, 200 + i));
      files.put("test/Forest/%d.png".formatted(i), png(40, 40, 300 + i));
    }
    return files;
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private HttpResponse<String> upload(String query, byte[] body) throws Exception {
    return server.send(
        "/api/v1/datasets?" + query,
        HttpRequest.newBuilder()
            .header("Content-Type", OCTETS)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send("/api/v1" + path, HttpRequest.newBuilder().DELETE());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  /** Uploads a file, and waits until its import has ended. */
  private JsonNode imported(String name, byte[] body) throws Exception {
    HttpResponse<String> response = upload("name=" + name + "&source=my%20scenes.zip", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return ended(name);
  }

  /** An import, once it has ended and left no files. */
  private JsonNode ended(String name) throws Exception {
    JsonNode known = server.json("/dataset-imports/" + name);
    while (!known.path("state").asText().matches("SUCCEEDED|FAILED")) {
      Thread.onSpinWait();
      known = server.json("/dataset-imports/" + name);
    }
    awaitNoUploads();
    return known;
  }

  private void awaitNoUploads() throws IOException {
    while (files(data.resolve("uploads")) + files(data.resolve("received")) > 0) {
      Thread.onSpinWait();
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static long folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).count();
    }
  }

  private JsonNode refused(int status, HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode problem = json(response);
    assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("\n");
    return problem;
  }

  private void assertNothingLeft() throws Exception {
    awaitNoUploads();
    // A folder is deleted after what is in it.
    while (files(data.resolve("datasets")) > 0) {
      Thread.onSpinWait();
    }
    assertThat(server.json("/datasets").path("datasets")).hasSize(BuiltInDatasets.all().size());
  }

  @Test
  void whatIsUploadedIsImportedLookedThroughAndDeleted() throws Exception {
    JsonNode done = imported("scenes", zip(scenes()));
    assertThat(done.path("state").asText()).as("%s", done).isEqualTo("SUCCEEDED");
    assertThat(done.path("source").asText()).isEqualTo("my scenes.zip");
    assertThat(done.at("/dataset/images").asInt()).isEqualTo(14);
    // It was forgotten too soon when its end was the beginning.
    assertThat(Instant.parse(done.path("endedAt").asText()))
        .isAfterOrEqualTo(
            Files.getLastModifiedTime(data.resolve("datasets/scenes"))
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS));
    assertThat(server.json("/dataset-imports").path("imports")).hasSize(1);

    JsonNode details = server.json("/datasets/scenes");
    assertThat(details.at("/dataset/description").asText())
        .isEqualTo("Imported from my scenes.zip.");
    assertThat(details.at("/classes/1"))
        .isEqualTo(Json.MAPPER.readTree("{\"name\":\"Forest\",\"train\":5,\"test\":2}"));
    assertThat(details.path("sizes"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"minWidth":40,"maxWidth":60,"minHeight":40,"maxHeight":40,"different":2,
                 "common":[{"width":40,"height":40,"images":13},{"width":60,"height":40,"images":1}],
                 "gray":0}
                """));
    assertThat(details.path("split"))
        .isEqualTo(Json.MAPPER.readTree("{\"train\":8,\"validation\":2,\"test\":4}"));
    assertThat(details.at("/uses/jobs").asInt()).isZero();

    JsonNode page = server.json("/datasets/scenes/images?class=Coast&part=train&limit=2&offset=1");
    assertThat(page.path("total").asInt()).isEqualTo(5);
    assertThat(page.path("images").findValuesAsText("path"))
        .containsExactly("train/Coast/1.png", "train/Coast/2.png");
    JsonNode all = server.json("/datasets/scenes/images");
    assertThat(all.path("total").asInt()).isEqualTo(14);
    assertThat(all.at("/images/0"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"path\":\"test/Coast/0.png\",\"class\":\"Coast\",\"part\":\"test\",\"width\":40,\"height\":40}"));
    assertThat(server.json("/datasets/controlled-15/images?limit=1").at("/images/0/width"))
        .isInstanceOf(MissingNode.class);
    for (String query : List.of("class=None", "part=validation", "limit=1001", "offset=-1")) {
      refused(400, server.get("/api/v1/datasets/scenes/images?" + query));
    }
    for (String name : List.of("scenes", "controlled-15")) {
      String path =
          server.json("/datasets/%s/images".formatted(name)).at("/images/0/path").asText();
      assertThat(picture(name, path, 300)).isEqualTo(300);
    }
    refused(400, server.get("/api/v1/datasets/scenes/image?path=test/Coast/0.png&size=4096"));

    assertThat(delete("/dataset-imports/scenes").statusCode()).isEqualTo(204);
    refused(404, delete("/dataset-imports/scenes"));
    assertThat(refused(409, upload("name=scenes", zip(scenes()))).path("code").asText())
        .isEqualTo("dataset-taken");
    assertThat(delete("/datasets/scenes").statusCode()).isEqualTo(204);
    refused(404, server.get("/api/v1/datasets/scenes"));
    refused(404, server.get("/api/v1/datasets/scenes/images"));
    assertNothingLeft();
  }

  private int picture(String name, String path, int size) throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        server.at(
                            "/api/v1/datasets/%s/image?path=%s&size=%d"
                                .formatted(name, path, size)))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    return ImageIO.read(new ByteArrayInputStream(response.body())).getWidth();
  }

  private HttpResponse<byte[]> image(String tag) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    server.at("/api/v1/datasets/scenes/image?path=test/Coast/0.png&size=64"))
                .header("If-None-Match", tag)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A browser asks whether its copy of an image is current, and shows no image of another set. */
  @Test
  void imagesThatWereReplacedAreNotShownFromACache() throws Exception {
    var _ = imported("scenes", zip(scenes()));
    HttpResponse<byte[]> first = image("none");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(image(tag).statusCode()).isEqualTo(304);
    assertThat(image(tag).body()).isEmpty();
    // A proxy that compresses a response makes its tag weak, and may ask for several.
    assertThat(image("W/" + tag).statusCode()).isEqualTo(304);
    assertThat(image("\"another\", " + tag).statusCode()).isEqualTo(304);
    assertThat(image("\"another\"").statusCode()).isEqualTo(200);
    assertThat(delete("/datasets/scenes").statusCode()).isEqualTo(204);
    Map<String, byte[]> others = scenes();
    others.put("test/Coast/0.png", png(40, 40, 999));
    var _ = imported("scenes", zip(others));
    HttpResponse<byte[]> second = image(tag);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isNotEqualTo(first.body());
  }

  @Test
  void aNameThatCannotBeIsRefused() throws Exception {
    byte[] body = zip(scenes());
    for (String name : List.of("Scenes", "controlled-15", "..", "a/b", ".hidden")) {
      JsonNode problem = refused(400, upload("name=" + name.replace("/", "%2F"), body));
      assertThat(problem.path("field").asText()).isEqualTo("name");
    }
    refused(400, upload("source=x", body));
    assertThat(
            refused(
                    415,
                    server.send(
                        "/api/v1/datasets?name=x",
                        HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))))
                .path("code")
                .asText())
        .isEqualTo("unsupported-media-type");
    assertNothingLeft();
  }

  @Test
  void whatIsNoSetOfImagesIsRefusedInWordsAndLeavesNothing() throws Exception {
    JsonNode noZip = imported("bad", "no zip".getBytes(StandardCharsets.UTF_8));
    assertThat(noZip.path("state").asText()).isEqualTo("FAILED");
    assertThat(noZip.at("/error/code").asText()).isEqualTo("dataset-refused");
    assertThat(noZip.at("/error/detail").asText())
        .startsWith("my scenes.zip is neither a folder nor a complete zip file");
    assertNothingLeft();

    Map<String, byte[]> files = scenes();
    files.put("train/Coast/broken.png", "no image".getBytes(StandardCharsets.UTF_8));
    JsonNode broken = imported("bad", zip(files));
    assertThat(broken.at("/error/detail").asText())
        .isEqualTo("1 of 15 images is unusable; nothing was imported:");
    assertThat(broken.at("/error/details/0").asText()).startsWith("train/Coast/broken.png: ");
    assertNothingLeft();

    JsonNode outside = imported("bad", zip(Map.of("../Coast/a.png", png(4, 4, 1))));
    assertThat(outside.at("/error/detail").asText()).contains("points outside its folder");
    assertNothingLeft();
  }

  /** One is read, another waits; both can be cancelled, and then there is nothing of them. */
  @Test
  void anImportIsFollowedAndCancelled() throws Exception {
    try (ServerSocket readers = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      String query = "&source=" + readers.getLocalPort() + ".zip";
      assertThat(upload("name=waiting-1" + query, zip(scenes())).statusCode()).isEqualTo(202);
      try (Socket reader = readers.accept()) {
        assertThat(reader.isConnected()).isTrue();
        assertThat(upload("name=waiting-2" + query, zip(scenes())).statusCode()).isEqualTo(202);
        JsonNode imports = server.json("/dataset-imports").path("imports");
        assertThat(imports.findValuesAsText("state")).containsExactly("RUNNING", "WAITING");
        assertThat(
                refused(409, upload("name=waiting-1" + query, zip(scenes()))).path("code").asText())
            .isEqualTo("dataset-taken");
        assertThat(delete("/dataset-imports/waiting-2").statusCode()).isEqualTo(204);
        assertThat(folders(data.resolve("received"))).isEqualTo(1);
        assertThat(delete("/dataset-imports/waiting-1").statusCode()).isEqualTo(204);
        assertThat(reader.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertNothingLeft();
    assertThat(server.json("/dataset-imports").path("imports")).isEmpty();
    assertThat(imported("scenes", zip(scenes())).path("state").asText()).isEqualTo("SUCCEEDED");
  }

  /** As a server leaves it that is killed during an import. */
  @Test
  void whatAKilledServerLeftIsRemovedAtTheNextStart() throws Exception {
    server.close();
    Path staged =
        Files.createDirectories(
            data.resolve("datasets/.importing-owned-123e4567-e89b-42d3-a456-426614174000/train"));
    Files.write(staged.resolve("a.png"), new byte[9]);
    Files.createDirectories(data.resolve("uploads/dataset-1"));
    server = new TestServer(data);
    assertNothingLeft();
  }

  @Test
  void anImportThatEndsWithTheServerIsKnownAfterItsRestart() throws Exception {
    try (ServerSocket readers = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      String source = readers.getLocalPort() + ".zip";
      assertThat(upload("name=waiting-1&source=" + source, zip(scenes())).statusCode())
          .isEqualTo(202);
      try (Socket reader = readers.accept()) {
        assertThat(reader.isConnected()).isTrue();
        server.close();
        server = new TestServer(data);
        JsonNode known = server.json("/dataset-imports").path("imports");
        assertThat(known).hasSize(1);
        assertThat(known.at("/0/source").asText()).isEqualTo(source);
        assertThat(known.at("/0/state").asText()).isEqualTo("FAILED");
        assertThat(known.at("/0/error/detail").asText())
            .isEqualTo("The server was restarted during the import. Upload the file again.");
      }
    }
    assertThat(delete("/dataset-imports/waiting-1").statusCode()).isEqualTo(204);
    assertThat(server.json("/dataset-imports").path("imports")).isEmpty();
  }

  @Test
  void anImportThatWaitsIsResumedAfterARestart() throws Exception {
    try (ServerSocket readers = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      String query = "&source=" + readers.getLocalPort() + ".zip";
      assertThat(upload("name=waiting-1" + query, zip(scenes())).statusCode()).isEqualTo(202);
      try (Socket first = readers.accept()) {
        assertThat(first.isConnected()).isTrue();
        byte[] body = zip(scenes());
        for (String name : List.of("waiting-2", "waiting-3", "scenes")) {
          String source = name.equals("scenes") ? "&source=scenes.zip" : query;
          assertThat(upload("name=" + name + source, body).statusCode()).isEqualTo(202);
        }
        server.close();
        shorten("waiting-3");
        server = new TestServer(data);
        try (Socket second = readers.accept()) {
          assertThat(second.isConnected()).isTrue();
          assertThat(state("waiting-1")).isEqualTo("FAILED");
          assertThat(state("waiting-2")).isEqualTo("RUNNING");
          assertThat(server.json("/dataset-imports/waiting-3").at("/error/detail").asText())
              .isEqualTo(
                  "The server was restarted before the import, and lacks a part of the file. Upload"
                      + " the file again.");
          assertThat(state("scenes")).isEqualTo("WAITING");
          assertThat(delete("/dataset-imports/waiting-2").statusCode()).isEqualTo(204);
        }
        assertThat(ended("scenes").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(server.json("/datasets/scenes").at("/dataset/images").asInt()).isEqualTo(14);
      }
    }
  }

  private String state(String name) throws Exception {
    return server.json("/dataset-imports/" + name).path("state").asText();
  }

  /** As a disk leaves a file that had not arrived there. */
  private void shorten(String name) throws IOException {
    for (JsonNode each : Json.MAPPER.readTree(data.resolve("received/received.json").toFile())) {
      if (each.path("name").asText().equals(name)) {
        Path folder = data.resolve("received").resolve(each.path("folder").asText());
        Files.write(folder.resolve(each.path("source").asText()), new byte[9]);
      }
    }
  }

  /** The process has moved the data set to its place, and has not said so. */
  @Test
  void anImportThatIsCancelledTooLateHasSucceeded() throws Exception {
    imported("scenes", zip(scenes()));
    try (ServerSocket readers = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String source = readers.getLocalPort() + ".zip";
      assertThat(upload("name=waiting-1&source=" + source, zip(scenes())).statusCode())
          .isEqualTo(202);
      try (Socket reader = readers.accept()) {
        assertThat(reader.isConnected()).isTrue();
        Path moved = data.resolve("datasets/waiting-1");
        Files.move(data.resolve("datasets/scenes"), moved);
        Path manifest = moved.resolve("dataset.json");
        Files.writeString(
            manifest, Files.readString(manifest).replace("\"scenes\"", "\"waiting-1\""));
        assertThat(refused(409, delete("/dataset-imports/waiting-1")).path("code").asText())
            .isEqualTo("import-ended");
        assertThat(reader.getInputStream().read()).isEqualTo(-1);
      }
    }
    JsonNode known = server.json("/dataset-imports/waiting-1");
    assertThat(known.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(known.at("/dataset/images").asInt()).isEqualTo(14);
    awaitNoUploads();
  }

  @Test
  void aClientThatGoesLeavesNothing() throws Exception {
    byte[] body = zip(scenes());
    Socket client = new Socket(server.at("/").getHost(), server.at("/").getPort());
    client
        .getOutputStream()
        .write(
            """
            POST /api/v1/datasets?name=gone HTTP/1.1
            Host: %s
            Content-Type: %s
            Content-Length: %d

            """
                .formatted(server.at("/").getAuthority(), OCTETS, body.length)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().write(body, 0, 100);
    while (files(data.resolve("uploads")) == 0) {
      Thread.onSpinWait();
    }
    assertThat(refused(409, upload("name=gone", body)).path("code").asText())
        .isEqualTo("dataset-taken");
    client.close();
    assertNothingLeft();
    assertThat(server.json("/dataset-imports").path("imports")).isEmpty();
  }

  @Test
  void theJobsThatUseADataSetAreKnown() throws Exception {
    imported("scenes", zip(scenes()));
    try (EventStream events = server.events("")) {
      HttpResponse<String> job =
          server.post(
              "/jobs",
              "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"scenes\",\"seed\":99}");
      assertThat(job.statusCode()).as(job.body()).isEqualTo(201);
      long id = json(job).path("id").asLong();
      JsonNode uses = server.json("/datasets/scenes").path("uses");
      assertThat(uses.path("trainings").asInt()).isEqualTo(1);
      assertThat(uses.path("unfinishedJobs").asInt()).isEqualTo(1);
      assertThat(uses.at("/unfinished/0/id").asLong()).isEqualTo(id);
      assertThat(refused(409, delete("/datasets/scenes")).path("code").asText())
          .isEqualTo("dataset-needed");
      server.post("/jobs/" + id + "/cancel", "{}");
      events.await(id, "CANCELLED");
      JsonNode after = server.json("/datasets/scenes").path("uses");
      assertThat(after.path("unfinished")).isEmpty();
      assertThat(after.at("/newest/0/id").asLong()).isEqualTo(id);
    }
    assertThat(delete("/datasets/scenes").statusCode()).isEqualTo(204);
  }
}
