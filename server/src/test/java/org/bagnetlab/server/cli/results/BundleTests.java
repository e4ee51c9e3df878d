package org.bagnetlab.server.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.bundle.Citation;
import org.bagnetlab.server.cli.lab.LabClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one lab writes, another one imports: all of it, with its origin, and nothing else. */
@Timeout(120)
class BundleTests {

  private static final Citation CITATION =
      new Citation(
          "Accuracy of convolutional networks on controlled-15",
          "Trainings of networks.",
          List.of(Citation.Author.of("Doe, Jane"), Citation.Author.of("The Lab")),
          Optional.of("CC-BY-4.0"),
          LocalDate.of(2026, 1, 2));

  @TempDir private Path directory;
  private TestServer from;
  private TestServer to;

  @BeforeEach
  void start() throws Exception {
    from = new TestServer(directory.resolve("from"));
    to = new TestServer(directory.resolve("to"));
  }

  @AfterEach
  void stop() {
    from.close();
    to.close();
  }

  /** Three trainings, one of which a job measures. */
  private void study() throws Exception {
    try (EventStream events = from.events("")) {
      for (long seed = 1; seed <= 2; seed++) {
        events.await(from.train("bagnet9", seed), "SUCCEEDED");
      }
      events.await(from.train("resnet50", 1), "SUCCEEDED");
      HttpResponse<String> evaluation =
          from.post("/jobs", "{\"kind\":\"evaluate\",\"run\":2,\"scrambleSeed\":7}");
      events.await(Json.MAPPER.readTree(evaluation.body()).path("id").asLong(), "SUCCEEDED");
    }
    assertThat(
            from.send(
                    "/api/v1/runs/2/note",
                    HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"note\":\"the best\"}")))
                .statusCode())
        .isEqualTo(200);
  }

  private Path bundle(String name, boolean checkpoints) throws Exception {
    Path tables = Files.createDirectories(directory.resolve("tables"));
    Files.writeString(tables.resolve("comparison.csv"), "architecture\n");
    Path file = directory.resolve(name);
    new BundleExport(new LabClient(from.at("/").toString()), file, CITATION, checkpoints)
        .write(tables, "?dataset=controlled-15");
    return file;
  }

  private HttpResponse<String> send(TestServer server, Path bundle) throws Exception {
    return server.send(
        "/api/v1/run-records?name=" + bundle.getFileName(),
        HttpRequest.newBuilder()
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofFile(bundle)));
  }

  private JsonNode imported(TestServer server, Path bundle) throws Exception {
    HttpResponse<String> response = send(server, bundle);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void tablesOfAnEmptyLabAreTheSame() throws Exception {
    study();
    // So that numbers of runs differ.
    try (EventStream events = to.events("")) {
      events.await(to.train("bagnet17", 5), "SUCCEEDED");
    }
    JsonNode done = imported(to, bundle("a.zip", false));
    assertThat(done.path("jobs")).hasSize(4);
    assertThat(done.path("leftOut")).isEmpty();
    JsonNode ours = comparison(from);
    JsonNode theirs = comparison(to);
    assertThat(theirs).hasSize(3);
    String lab = theirs.get(0).path("lab").asText();
    for (int row = 0; row < 2; row++) {
      JsonNode expected = ours.get(row);
      JsonNode found =
          expected.path("architecture").equals(theirs.get(row).path("architecture"))
              ? theirs.get(row)
              : theirs.get(row + 1);
      for (String part : List.of("settings", "validation", "test", "scrambled", "code")) {
        assertThat(found.path(part)).as(part).isEqualTo(expected.path(part));
      }
      assertThat(found.path("lab").asText()).isEqualTo(lab).hasSize(36);
    }
  }

  private static JsonNode comparison(TestServer server) throws Exception {
    ArrayNode measured = Json.MAPPER.createArrayNode();
    server
        .json("/comparison?dataset=controlled-15")
        .path("rows")
        .forEach(
            row -> {
              if (!row.path("runs").isEmpty()) {
                measured.add(row);
              }
            });
    return measured;
  }

  @Test
  void aRunIsTheSameButForItsNumberAndOrigin() throws Exception {
    study();
    JsonNode numbers = imported(to, bundle("a.zip", true)).path("jobs");
    for (long run = 1; run <= 4; run++) {
      long here = numbers.path(Long.toString(run)).asLong();
      ObjectNode expected = (ObjectNode) from.json("/runs/" + run);
      ObjectNode found = (ObjectNode) to.json("/runs/" + here);
      assertThat(found.path("origin").path("run").asLong()).isEqualTo(run);
      assertThat(found.path("startedAt")).isEqualTo(expected.path("startedAt"));
      for (String part :
          List.of("provenance", "history", "results", "trouble", "note", "tags", "endedAt")) {
        assertThat(found.path(part)).as(part).isEqualTo(expected.path(part));
      }
      assertThat(names(found)).isEqualTo(names(expected));
      JsonNode measured = expected.path("spec").path("run");
      if (!measured.isMissingNode()) {
        assertThat(found.path("spec").path("run").asLong())
            .isEqualTo(numbers.path(measured.asText()).asLong());
        assertThat(found.path("title").asText()).contains("run " + found.path("spec").path("run"));
      }
      assertThat(to.json("/jobs/%d/timeline".formatted(here)).path("transitions"))
          .singleElement()
          .satisfies(change -> assertThat(change.path("causeCode").asText()).isEqualTo("imported"));
    }
  }

  private static Map<String, String> names(JsonNode run) {
    Map<String, String> names = new TreeMap<>();
    run.path("artifacts")
        .forEach(file -> names.put(file.path("name").asText(), file.path("sha256").asText()));
    return names;
  }

  @Test
  void importingAgainAddsOnlyFilesThatWereMissing() throws Exception {
    study();
    Path light = bundle("light.zip", false);
    JsonNode first = imported(to, light);
    long run = first.path("jobs").path("1").asLong();
    assertThat(names(to.json("/runs/" + run))).doesNotContainKey("best.bin");
    HttpResponse<String> refused =
        to.post("/jobs", "{\"kind\":\"evaluate\",\"run\":%d,\"scrambleSeed\":9}".formatted(run));
    assertThat(refused.body()).contains("was imported without its checkpoint");
    JsonNode again = imported(to, light);
    assertThat(again.path("jobs")).isEmpty();
    assertThat(again.path("known").asInt()).isEqualTo(4);
    assertThat(again.path("files").asInt()).isZero();
    JsonNode whole = imported(to, bundle("whole.zip", true));
    assertThat(whole.path("jobs")).isEmpty();
    assertThat(whole.path("files").asInt()).isEqualTo(3);
    assertThat(names(to.json("/runs/" + run))).containsKey("best.bin");
    // A lab knows its own runs.
    assertThat(imported(from, light).path("known").asInt()).isEqualTo(4);
    assertThat(to.json("/jobs").path("total").asInt()).isEqualTo(4);
  }

  @Test
  void aSweepRunsItsTrainingsHere() throws Exception {
    study();
    imported(to, bundle("a.zip", false));
    HttpResponse<String> sweep =
        to.post(
            "/sweeps",
            """
            {"name": "s", "base": {"dataset": "controlled-15", "architecture": "bagnet9"},
             "grid": {"seed": [1]}}
            """);
    assertThat(Json.MAPPER.readTree(sweep.body()).path("reused")).as(sweep.body()).isEmpty();
  }

  @Test
  void aBundleThatIsNotWholeIsRefusedInOneLine() throws Exception {
    study();
    Path good = bundle("a.zip", false);
    byte[] bytes = Files.readAllBytes(good);
    Path half = directory.resolve("half.zip");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(half, "it is incomplete, or no zip file");
    assertRefused(changed(good, "runs/", text -> ""), "is not the record of a run");
    assertRefused(without(good, "runs/"), "it has no runs");
    assertRefused(
        changed(good, "runs/1/run.json", text -> text.replace("\"format\" : 1", "\"format\" : 2")),
        "has format 2, and this version knows only 1");
    assertRefused(
        changed(good, "runs/1/run.json", text -> text.replace("\"job\" : 1,", "\"job\" : 5,")),
        "is the record of another run");
    assertRefused(
        changed(good, "runs/1/run.json", text -> text.replace("split.json", "../../split.json")),
        "impossible file '../../split.json'");
    assertRefused(changed(good, "runs/1/files/split.json", text -> "[]"), "SHA-256");
    assertRefused(
        changed(good, "runs/1/files/split.json", text -> "{} and more"), "longer than its record");
    assertThat(to.json("/jobs").path("total").asInt()).isZero();
    assertThat(directory.resolve("to/uploads")).isEmptyDirectory();
  }

  private void assertRefused(Path bundle, String why) throws Exception {
    HttpResponse<String> response = send(to, bundle);
    assertThat(response.statusCode()).as("%s: %s", why, response.body()).isEqualTo(400);
    assertThat(Json.MAPPER.readTree(response.body()).path("detail").asText())
        .startsWith("It cannot be imported: ")
        .contains(why)
        .doesNotContain("\n");
  }

  @Test
  void whatThisVersionDoesNotKnowIsLeftOut() throws Exception {
    study();
    Path later =
        changed(
            bundle("a.zip", false),
            "runs/1/run.json",
            text -> text.replace("\"kind\" : \"train\"", "\"kind\" : \"train\", \"later\" : 1"));
    Path orphan = without(later, "runs/2/run.json");
    JsonNode done = imported(to, orphan);
    assertThat(done.path("jobs")).hasSize(1);
    assertThat(done.path("leftOut").path("1").asText()).contains("later");
    assertThat(done.path("leftOut").path("4").asText())
        .isEqualTo("run 2, which it needs, is not in the bundle");
  }

  @Test
  void aRecordThatAViewCouldNotReadIsRefusedBeforeAnythingIsStored() throws Exception {
    study();
    Path good = bundle("a.zip", false);
    for (List<String> change :
        List.of(
            List.of("\"train\" : \"1200\"", "\"train\" : \"many\""),
            List.of("\"imageSize\" : 64", "\"imageSize\" : -5"),
            List.of("\"value\" : 0.5", "\"value\" : 7.5"),
            List.of("\"axes\" : { }", "\"axes\" : {\"a\": {}}"),
            List.of("\"tags\" : [ ]", "\"tags\" : [ \"a b\" ]"),
            List.of("\"tags\" : [ ]", "\"tags\" : [ null ]"),
            List.of("\"sha256\" : \"", "\"sha256\" : \"x"),
            List.of("\"size\" : ", "\"size\" : -"),
            List.of("\"lab\" : \"", "\"lab\" : \"and "),
            List.of("\"provenance\"", "\"provenance\" : 1, \"other\""))) {
      Path bad =
          changed(
              good,
              "runs/3/run.json",
              text -> {
                assertThat(text).contains(change.get(0));
                return text.replace(change.get(0), change.get(1));
              });
      assertThat(send(to, bad).statusCode()).as("%s", change).isEqualTo(400);
      assertRefused(bad, "runs/3/run.json");
    }
    assertThat(to.json("/jobs").path("total").asInt()).isZero();
  }

  @Test
  void aBundleThatWasChangedIsRefused() throws Exception {
    study();
    Path good = bundle("a.zip", false);
    Path edited =
        copied(good, name -> true, "runs/1/run.json", text -> text.replace("0.51", "0.91"), false);
    assertRefused(edited, "runs/1/run.json was changed");
    assertRefused(
        copied(good, name -> !name.equals("runs/1/files/split.json"), "none", text -> text, false),
        "runs/1/files/split.json is missing");
    assertRefused(
        copied(good, name -> !name.startsWith("manifest"), "none", text -> text, false),
        "it has no manifest-sha256.txt");
  }

  @Test
  void anotherRunOfTheSameNumberIsNotMistakenForIt() throws Exception {
    study();
    Path first = bundle("a.zip", false);
    imported(to, first);
    Path restored =
        changed(
            first,
            "runs/2/run.json",
            text -> text.replaceFirst("\"createdAt\" : \"20", "\"createdAt\" : \"19"));
    JsonNode done = imported(to, restored);
    assertThat(done.path("jobs")).isEmpty();
    assertThat(done.path("leftOut").path("2").asText()).contains("one of the two labs is a copy");
  }

  @Test
  void measurementsOfADeletedRunComeBackWithIt() throws Exception {
    study();
    Path bundle = bundle("a.zip", false);
    JsonNode first = imported(to, bundle).path("jobs");
    assertThat(
            to.send("/api/v1/jobs/" + first.path("2").asLong(), HttpRequest.newBuilder().DELETE())
                .statusCode())
        .isEqualTo(204);
    JsonNode again = imported(to, bundle).path("jobs");
    assertThat(again).hasSize(1);
    JsonNode measurement = to.json("/jobs/" + first.path("4").asLong());
    assertThat(measurement.at("/spec/run")).isEqualTo(again.path("2"));
    assertThat(measurement.path("title").asText()).contains("run " + again.path("2"));
    assertThat(to.json("/jobs").path("total").asInt()).isEqualTo(4);
  }

  @Test
  void whatAnotherLabMeasuredOfOurRunsIsLeftOut() throws Exception {
    study();
    JsonNode numbers = imported(to, bundle("a.zip", true)).path("jobs");
    long run = numbers.path("2").asLong();
    try (EventStream events = to.events("")) {
      HttpResponse<String> evaluation =
          to.post("/jobs", "{\"kind\":\"evaluate\",\"run\":%d,\"scrambleSeed\":9}".formatted(run));
      events.await(Json.MAPPER.readTree(evaluation.body()).path("id").asLong(), "SUCCEEDED");
    }
    Path back = directory.resolve("back.zip");
    new BundleExport(new LabClient(to.at("/").toString()), back, CITATION, false)
        .write(directory.resolve("tables"), "?dataset=controlled-15");
    JsonNode done = imported(from, back);
    assertThat(done.path("jobs")).isEmpty();
    assertThat(done.path("leftOut"))
        .extracting(JsonNode::asText)
        .containsExactly("it is a measurement of run 2 of this lab");
  }

  /** More views than the database has readers. */
  @Test
  void manyViewsOfADataSetThatIsNotHereAreServedAtOnce() throws Exception {
    study();
    Path elsewhere =
        changed(
            bundle("a.zip", false),
            "runs/",
            text -> text.replace("\"dataset\" : \"controlled-15\"", "\"dataset\" : \"gone\""));
    imported(to, elsewhere);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (String view : List.of("comparison", "receptive-fields", "scrambling", "differences")) {
      for (String query : List.of("?dataset=gone", "?dataset=gone&troubled=true")) {
        answers.add(
            client.sendAsync(
                HttpRequest.newBuilder(to.at("/api/v1/" + view + query)).build(),
                HttpResponse.BodyHandlers.ofString()));
      }
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200);
    }
  }

  /** The checks of RO-Crate 1.1 and of its Process Run profile that are required. */
  @Test
  void itsMetadataIsAnRoCrate() throws Exception {
    study();
    try (ZipFile zip = new ZipFile(bundle("a.zip", false).toFile())) {
      ObjectNode entities = entities(zip);
      assertThat(entities.path("ro-crate-metadata.json").at("/about/@id").asText()).isEqualTo("./");
      JsonNode root = entities.path("./");
      assertThat(root.path("@type").asText()).isEqualTo("Dataset");
      for (String required : List.of("name", "description", "datePublished", "license")) {
        assertThat(root.path(required).isMissingNode()).as(required).isFalse();
      }
      assertThat(entities.path(root.at("/conformsTo/@id").asText()).path("@type").asText())
          .isEqualTo("CreativeWork");
      assertThat(root.path("hasPart"))
          .extracting(part -> part.path("@id").asText())
          .containsExactlyInAnyOrderElementsOf(
              zip.stream()
                  .map(ZipEntry::getName)
                  .filter(name -> !name.equals("ro-crate-metadata.json"))
                  .toList());
      assertThat(root.path("mentions")).hasSize(4);
      for (JsonNode mentioned : root.path("mentions")) {
        JsonNode action = entities.path(mentioned.path("@id").asText());
        assertThat(action.path("@type").asText()).isEqualTo("CreateAction");
        assertThat(entities.path(action.at("/instrument/@id").asText()).path("@type").asText())
            .isEqualTo("SoftwareApplication");
        assertThat(entities.path(action.at("/agent/@id").asText()).path("name").asText())
            .isEqualTo("Jane Doe");
        assertThat(action.path("result")).isNotEmpty();
        assertThat(action.path("object")).as(action.toString()).isNotEmpty();
        assertThat(action.path("endTime").asText()).matches("[0-9T:-]{19}\\+00:00");
      }
    }
  }

  /** Reads the entities, and checks that the context defines all their terms. */
  private static ObjectNode entities(ZipFile zip) throws IOException {
    JsonNode text = Json.MAPPER.readTree(bytes(zip, "ro-crate-metadata.json"));
    assertThat(text.path("@context").asText()).isEqualTo("https://w3id.org/ro/crate/1.1/context");
    JsonNode context;
    try (var in = BundleTests.class.getResourceAsStream("/rocrate/context-1.1.json")) {
      context = Json.MAPPER.readTree(in).path("@context");
    }
    ObjectNode entities = Json.MAPPER.createObjectNode();
    for (JsonNode entity : text.path("@graph")) {
      assertThat(entities.has(entity.path("@id").asText())).isFalse();
      entities.set(entity.path("@id").asText(), entity);
    }
    for (JsonNode entity : entities) {
      assertThat(context.has(entity.path("@type").asText())).isTrue();
      entity
          .properties()
          .forEach(
              property -> {
                assertThat(property.getKey().startsWith("@") || context.has(property.getKey()))
                    .as(property.getKey())
                    .isTrue();
                for (JsonNode id : property.getValue().findValues("@id")) {
                  assertThat(entities.has(id.asText()) || id.asText().startsWith("http"))
                      .as(id.asText())
                      .isTrue();
                }
              });
    }
    return entities;
  }

  @Test
  void itSaysHowToCiteItAndHasChecksums() throws Exception {
    study();
    try (ZipFile zip = new ZipFile(bundle("a.zip", false).toFile())) {
      assertThat(new String(bytes(zip, "CITATION.cff"), StandardCharsets.UTF_8))
          .startsWith("cff-version: \"1.2.0\"\nmessage: ")
          .contains("\ntitle: \"Accuracy of", "- family-names: \"Doe\"\n  given-names: \"Jane\"")
          .contains("- name: \"The Lab\"", "license: \"CC-BY-4.0\"");
      JsonNode zenodo = Json.MAPPER.readTree(bytes(zip, ".zenodo.json"));
      assertThat(zenodo.at("/creators/0/name").asText()).isEqualTo("Doe, Jane");
      assertThat(zenodo.path("upload_type").asText()).isEqualTo("dataset");
      Map<String, String> sums = new TreeMap<>();
      new String(bytes(zip, "manifest-sha256.txt"), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
      for (ZipEntry entry : zip.stream().toList()) {
        if (!List.of("manifest-sha256.txt", "ro-crate-metadata.json").contains(entry.getName())) {
          assertThat(sums)
              .containsEntry(
                  entry.getName(),
                  HexFormat.of()
                      .formatHex(
                          MessageDigest.getInstance("SHA-256")
                              .digest(bytes(zip, entry.getName()))));
        }
      }
      assertThat(sums).hasSize(zip.size() - 2);
    }
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    try (var in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static Path without(Path bundle, String prefix) throws IOException {
    return copied(bundle, name -> !name.startsWith(prefix), prefix, text -> text, true);
  }

  private static Path changed(Path bundle, String prefix, UnaryOperator<String> change)
      throws IOException {
    return copied(bundle, name -> true, prefix, change, true);
  }

  /** A copy of a bundle with changes, and with the checksums of what it contains or of before. */
  private static Path copied(
      Path bundle,
      Predicate<String> kept,
      String prefix,
      UnaryOperator<String> change,
      boolean withChecksums)
      throws IOException {
    Path copy = Files.createTempFile(bundle.getParent(), "changed", ".zip");
    StringBuilder checksums = new StringBuilder();
    try (ZipFile zip = new ZipFile(bundle.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (ZipEntry entry : zip.stream().filter(each -> kept.test(each.getName())).toList()) {
        byte[] bytes = bytes(zip, entry.getName());
        if (entry.getName().startsWith(prefix)) {
          bytes =
              change
                  .apply(new String(bytes, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
        }
        if (withChecksums && entry.getName().equals("manifest-sha256.txt")) {
          bytes = checksums.toString().getBytes(StandardCharsets.UTF_8);
        }
        checksums.append(sha256(bytes)).append("  ").append(entry.getName()).append('\n');
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
    return copy;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
