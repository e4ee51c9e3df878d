package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Weights over HTTP: what is sent is imported whole or not at all, and jobs start from it. */
@Timeout(120)
class WeightsRoutesTests {

  private static final String OCTETS = "application/octet-stream";

  @TempDir Path data;
  @TempDir Path files;
  TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A small BagNet-9 with random weights. */
  private Path checkpoint() throws Exception {
    Architecture architecture = Architectures.named("bagnet9").build(4, 0.0625, 64);
    Path file = files.resolve("bagnet9.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    return file;
  }

  private HttpResponse<String> upload(String query, String type, HttpRequest.BodyPublisher body)
      throws Exception {
    return server.send(
        "/api/v1/weights?" + query,
        HttpRequest.newBuilder().header("Content-Type", type).POST(body));
  }

  private JsonNode refused(int status, HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode problem = Json.MAPPER.readTree(response.body());
    assertThat(problem.path("detail").asText()).doesNotContain("\n");
    assertThat(server.json("/weights").path("weights")).isEmpty();
    assertThat(data.resolve("uploads")).isEmptyDirectory();
    return problem;
  }

  private JsonNode imported() throws Exception {
    HttpResponse<String> response =
        upload(
            "name=zoo&source=the%20zoo&regime=other%20images",
            OCTETS, HttpRequest.BodyPublishers.ofFile(checkpoint()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Json.MAPPER.readTree(response.body());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send("/api/v1" + path, HttpRequest.newBuilder().DELETE());
  }

  @Test
  void whatIsSentIsListedServedAndDeleted() throws Exception {
    JsonNode facts = imported();
    assertThat(facts.path("architecture").asText()).isEqualTo("bagnet9");
    assertThat(facts.path("width").asDouble()).isEqualTo(.0625);
    assertThat(facts.path("classes").asInt()).isEqualTo(4);
    assertThat(facts.path("source").asText()).isEqualTo("the zoo");
    assertThat(facts.path("regime").asText()).isEqualTo("other images");
    assertThat(server.json("/weights").path("weights")).containsExactly(facts);
    assertThat(data.resolve("uploads")).isEmptyDirectory();
    HttpResponse<String> file = server.get("/api/v1/weights/zoo/file");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"zoo.safetensors\"");
    assertThat(file.body()).contains("layer4.2.conv3.weight");
    assertThat(delete("/weights/zoo").statusCode()).isEqualTo(204);
    assertThat(delete("/weights/zoo").body()).contains("weights-not-found");
    assertThat(server.get("/api/v1/weights/zoo/file").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileThatDoesNotServeIsRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(checkpoint());
    HttpRequest.BodyPublisher half =
        HttpRequest.BodyPublishers.ofByteArray(whole, 0, whole.length / 2);
    JsonNode cut = refused(400, upload("name=zoo", OCTETS, half));
    assertThat(cut.path("code").asText()).isEqualTo("weights-refused");
    assertThat(cut.path("detail").asText()).startsWith("zoo: ");
    HttpRequest.BodyPublisher file = HttpRequest.BodyPublishers.ofByteArray(whole);
    assertThat(
            refused(400, upload("name=zoo&architecture=resnet50", OCTETS, file))
                .path("detail")
                .asText())
        .contains("does not belong to resnet50. The file looks like bagnet9.");
  }

  @Test
  void aNameThatCannotBeIsRefusedAsThatField() throws Exception {
    HttpRequest.BodyPublisher file = HttpRequest.BodyPublishers.ofFile(checkpoint());
    for (String name : List.of("..%2Fzoo", "..", ".", "a".repeat(300), "Zoo")) {
      JsonNode problem = refused(400, upload("name=" + name, OCTETS, file));
      assertThat(problem.path("code").asText()).as(name).isEqualTo("invalid-field");
      assertThat(problem.path("field").asText()).as(name).isEqualTo("name");
      assertThat(problem.path("detail").asText()).contains("is not a valid name for weights");
    }
  }

  /** Of the file not a byte is sent: a name that is taken is refused before. */
  @Test
  void aNameThatIsTakenIsRefusedBeforeTheFileComes() throws Exception {
    imported();
    try (Socket client = sending("zoo", "elsewhere", 1 << 20)) {
      assertThat(answer(client)).startsWith("HTTP/1.1 409 ").contains("weights-taken", "\"name\"");
    }
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void anUploadIsOneUnderEverySpellingOfItsAddress() throws Exception {
    for (String path : List.of("/weights/", "//weights")) {
      HttpResponse<String> sent =
          server.sendUndescribed(
              "/api/v1" + path + "?name=zoo",
              HttpRequest.newBuilder()
                  .header("Content-Type", OCTETS)
                  .POST(HttpRequest.BodyPublishers.ofFile(checkpoint())));
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
      assertThat(delete("/weights/zoo").statusCode()).isEqualTo(204);
      HttpResponse<String> json =
          server.send(
              "/api/v1" + path + "?name=zoo",
              HttpRequest.newBuilder()
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}")));
      assertThat(refused(415, json).path("code").asText()).isEqualTo("unsupported-media-type");
    }
  }

  /** One import is read, another waits, and everybody else is answered meanwhile. */
  @Test
  void importsAreReadOneAfterTheOtherAndHoldUpNobody() throws Exception {
    byte[] bytes = Files.readAllBytes(checkpoint());
    try (ServerSocket readers = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        Socket first = sending("waiting-1", "" + readers.getLocalPort(), bytes.length)) {
      first.getOutputStream().write(bytes);
      try (Socket reader = readers.accept();
          Socket second = sending("waiting-2", "" + readers.getLocalPort(), bytes.length)) {
        second.getOutputStream().write(bytes);
        assertThat(server.json("/weights").path("weights")).isEmpty();
        assertThat(server.json("/datasets").path("datasets")).isNotEmpty();
        reader.getOutputStream().write(1);
        assertThat(answer(first)).startsWith("HTTP/1.1 201 ").contains("waiting-1");
        try (Socket next = readers.accept()) {
          assertThat(reader.getInputStream().read()).as("the first reader is gone").isEqualTo(-1);
          next.getOutputStream().write(1);
          assertThat(answer(second)).startsWith("HTTP/1.1 201 ").contains("waiting-2");
        }
      }
    }
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void anImportEndsWhenItsClientGoes() throws Exception {
    byte[] bytes = Files.readAllBytes(checkpoint());
    try (ServerSocket readers = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      Socket client = sending("waiting", "" + readers.getLocalPort(), bytes.length);
      client.getOutputStream().write(bytes);
      try (Socket reader = readers.accept()) {
        client.close();
        assertThat(ended(reader)).isTrue();
      }
      assertThat(server.json("/weights").path("weights")).isEmpty();
      assertThat(imported().path("name").asText()).isEqualTo("zoo");
    }
  }

  /** Waits for the other side's end. */
  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true; // killed before it could say so
    }
  }

  /** The head of an upload, whose body is up to the test. */
  private Socket sending(String name, String source, int length) throws IOException {
    URI at = server.at("/");
    Socket socket = new Socket(at.getHost(), at.getPort());
    socket
        .getOutputStream()
        .write(
            """
            POST /api/v1/weights?name=%s&source=%s HTTP/1.1
            Host: %s
            Content-Type: %s
            Content-Length: %d

            """
                .formatted(name, source, at.getAuthority(), OCTETS, length)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** The status line and the problem or result, on one line. */
  private static String answer(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String status = lines.readLine();
    int length = 0;
    for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    char[] body = new char[length];
    int read = lines.read(body);
    return status + " " + new String(body, 0, read);
  }

  /** Each keeps a connection while it waits for the others. */
  @Test
  void onlyAFewUploadsWaitAndNoneTakesTheNameOfAnother() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try {
      for (int number = 1; number <= 4; number++) {
        waiting.add(sending("zoo-" + number, "nobody", 1 << 20));
        // It has begun once its folder is there.
        while (uploads() < number) {
          Thread.onSpinWait();
        }
      }
      try (Socket same = sending("zoo-1", "nobody", 1 << 20);
          Socket another = sending("zoo-5", "nobody", 1 << 20)) {
        assertThat(answer(same)).startsWith("HTTP/1.1 409 ").contains("weights-taken");
        assertThat(answer(another)).startsWith("HTTP/1.1 503 ").contains("too-many-imports");
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
    while (uploads() > 0) {
      Thread.onSpinWait();
    }
    assertThat(imported().path("name").asText()).isEqualTo("zoo");
  }

  private long uploads() throws IOException {
    try (Stream<Path> folders = Files.list(data.resolve("uploads"))) {
      return folders.count();
    }
  }

  @Test
  void whoAsksBeforeItSendsIsToldToOrWhyNot() throws Exception {
    byte[] bytes = Files.readAllBytes(checkpoint());
    try (Socket client = asking("zoo", bytes.length)) {
      assertThat(answer(client)).startsWith("HTTP/1.1 100 ");
      client.getOutputStream().write(bytes);
      assertThat(answer(client)).startsWith("HTTP/1.1 201 ");
    }
    try (Socket client = asking("zoo", bytes.length)) {
      assertThat(answer(client)).startsWith("HTTP/1.1 409 ").contains("weights-taken");
      // Its body may never come: what comes next must not be taken for it.
      assertThat(ended(client)).isTrue();
    }
  }

  private Socket asking(String name, int length) throws IOException {
    URI at = server.at("/");
    Socket socket = new Socket(at.getHost(), at.getPort());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            """
            POST /api/v1/weights?name=%s&architecture=bagnet9 HTTP/1.1
            Host: %s
            Content-Type: %s
            Content-Length: %d
            Expect: 100-continue

            """
                .formatted(name, at.getAuthority(), OCTETS, length)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void aDiskThatCannotBeWrittenIsTheServersFault() throws Exception {
    Path weights = data.resolve("weights");
    Files.delete(weights);
    Files.createFile(weights);
    HttpResponse<String> sent =
        upload("name=zoo", OCTETS, HttpRequest.BodyPublishers.ofFile(checkpoint()));
    Files.delete(weights);
    assertThat(refused(500, sent).path("code").asText()).isEqualTo("internal-error");
    assertThat(sent.body()).doesNotContain(data.toString());
  }

  @Test
  void aRequestThatIsNoUploadIsRefused() throws Exception {
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("weights");
    assertThat(refused(400, upload("source=zoo", OCTETS, body)).path("field").asText())
        .isEqualTo("name");
    assertThat(refused(415, upload("name=zoo", "text/plain", body)).path("code").asText())
        .isEqualTo("unsupported-media-type");
    HttpRequest.BodyPublisher endless =
        HttpRequest.BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream("weights".getBytes(StandardCharsets.UTF_8)));
    assertThat(refused(411, upload("name=zoo", OCTETS, endless)).path("code").asText())
        .isEqualTo("length-required");
  }

  @Test
  void aTrainingFromWeightsShowsThemWithItsResults() throws Exception {
    String checksum = imported().path("checksum").asText();
    try (EventStream events = server.events("")) {
      long id = train(1);
      events.await(id, "SUCCEEDED");
      JsonNode run = server.json("/runs/" + id);
      assertThat(run.path("spec").path("weights").path("checksum").asText()).isEqualTo(checksum);
      assertThat(run.path("spec").path("recipe").asText()).isEqualTo("report");
      assertThat(run.path("regime").asText()).isEqualTo("other images");
      assertThat(run.path("weights").asText()).isEqualTo("zoo");
    }
    for (JsonNode shown :
        new JsonNode[] {
          server.json("/comparison").path("rows").get(4),
          server.json("/scrambling").path("rows").get(0),
          server.json("/scrambling").path("examples").get(0),
          server.json("/receptive-fields").path("accuracies").get(0),
          server.json("/receptive-fields").path("sameImage").get(0).path("heatmaps").get(0)
        }) {
      assertThat(shown.path("architecture").asText()).isEqualTo("bagnet9");
      assertThat(shown.path("regime").asText()).isEqualTo("other images");
      JsonNode started = shown.at("/settings/weights/name");
      assertThat(started.asText(shown.path("weights").asText())).isEqualTo("zoo");
    }
    assertThat(delete("/weights/zoo").statusCode()).isEqualTo(204);
  }

  @Test
  void weightsThatAJobIsYetToStartFromStay() throws Exception {
    imported();
    try (EventStream events = server.events("")) {
      long id = train(99);
      HttpResponse<String> kept = delete("/weights/zoo");
      assertThat(kept.statusCode()).isEqualTo(409);
      assertThat(kept.body()).contains("weights-needed", "Job " + id);
      server.post("/jobs/" + id + "/cancel", "{}");
      events.await(id, "CANCELLED");
    }
    assertThat(delete("/weights/zoo").statusCode()).isEqualTo(204);
    assertThat(request(1).body()).contains("There are no weights 'zoo'. Known: none.");
  }

  private long train(long seed) throws Exception {
    HttpResponse<String> response = request(seed);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Json.MAPPER.readTree(response.body()).path("id").asLong();
  }

  private HttpResponse<String> request(long seed) throws Exception {
    return server.post(
        "/jobs",
        """
        {"kind":"train","architecture":"bagnet9","dataset":"controlled-15","weights":"zoo",
         "seed":%d}
        """
            .formatted(seed));
  }
}
