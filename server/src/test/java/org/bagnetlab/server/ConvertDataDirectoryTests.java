package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.DirectoryLock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/convert-data-directory} on a data directory of the last commit before the schema
 * was squashed.
 */
@Timeout(300)
class ConvertDataDirectoryTests {

  @TempDir Path data;

  @BeforeEach
  void unpack() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(FrozenPages.resource("data-schema-16.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = data.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  private record Outcome(int status, String text) {}

  private static Outcome convert(Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Path.of("..", "scripts", "ConvertDataDirectory.java").toString(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text.strip());
  }

  private Jdbi database(String name) {
    return Jdbi.create(
        "jdbc:h2:file:%s;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0"
            .formatted(data.resolve("database").resolve(name)),
        "sa",
        "");
  }

  @Test
  void everyPageShowsWhatItShowed() throws Exception {
    assertThat(convert(data).text())
        .containsPattern("Converted .*: 30 jobs. Its database is kept as .*-schema-16.mv.db.");
    try (TestServer server = new TestServer(data)) {
      assertThat(FrozenPages.differences("pages-schema-16.json", server)).isEmpty();
      // Equal jobs are recognised, and numbers are not given again.
      JsonNode sweep =
          Json.MAPPER.readTree(
              server
                  .post(
                      "/sweeps",
                      """
                      {"name":"again","grid":{"seed":[1,5]},
                       "base":{"dataset":"small","architecture":"bagnet9","imageSize":64,
                               "width":0.02,"epochs":2,"heatmapStride":8}}
                      """)
                  .body());
      assertThat(sweep.path("reused")).extracting(JsonNode::asLong).containsExactly(1L);
      assertThat(sweep.path("jobs")).extracting(JsonNode::asLong).contains(32L).doesNotContain(31L);
    }
  }

  /** All rows of all tables, equal but for what is rewritten. */
  @Test
  void noRowIsLost() throws Exception {
    assertThat(convert(data).status()).isZero();
    Map<String, List<Map<String, Object>>> before = rows("bagnetlab-schema-16");
    before.put("notified", Objects.requireNonNull(before.remove("told")));
    before.put("trials", List.of());
    before.put("mirrored", List.of());
    before.put("costs", List.of());
    before.put("gpu_readings", List.of());
    Map<String, List<Map<String, Object>>> now = rows("bagnetlab");
    assertThat(now.keySet()).isEqualTo(before.keySet());
    now.forEach(
        (table, rows) -> {
          List<Map<String, Object>> then = Objects.requireNonNull(before.get(table));
          assertThat(rows).as(table).hasSameSizeAs(then);
          for (int i = 0; i < rows.size(); i++) {
            assertEqual(table, then.get(i), rows.get(i));
          }
        });
    assertThat(now.get("transitions")).hasSizeGreaterThan(50);
    assertThat(now.get("rungs")).isNotEmpty();
    assertThat(now.get("annotations")).isNotEmpty();
  }

  private static void assertEqual(
      String table, Map<String, Object> before, Map<String, Object> now) {
    if (table.equals("sweeps")) {
      before.put("notified_end", before.remove("told_end"));
      before.put("notified_stop", before.remove("told_stop"));
      before.put("granted_seconds", null);
    }
    if (table.equals("deliveries")) {
      before.put("recipient", before.remove("webhook"));
    }
    if (table.equals("notified")) {
      before.put("daily_at", null);
    }
    if (table.equals("jobs")) {
      ObjectNode then = specification(before);
      ObjectNode stored = specification(now);
      then.properties()
          .forEach(field -> assertThat(stored.remove(field.getKey())).isEqualTo(field.getValue()));
      assertThat(
              List.of(
                  "precision", "duplicates", "sparsity", "mode", "classes", "scale", "subsetSeed"))
          .containsAll(stored.properties().stream().map(Map.Entry::getKey).toList());
      before.put("spec_hash", now.get("spec_hash"));
      before.put("alone", false);
      before.put(
          "ended", List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(before.get("state")));
      for (String later :
          List.of("code", "reproduces", "origin_lab", "origin_job", "memory_hash")) {
        before.put(later, null);
      }
    }
    assertThat(now).as(table).isEqualTo(before);
  }

  private static ObjectNode specification(Map<String, Object> job) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(String.valueOf(job.remove("spec")));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, List<Map<String, Object>>> rows(String name) {
    return database(name)
        .withHandle(
            handle -> {
              Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
              handle
                  .createQuery(
                      """
                      SELECT LOWER(table_name) FROM information_schema.tables
                      WHERE table_schema = 'PUBLIC' AND table_name <> 'flyway_schema_history'
                      """)
                  .mapTo(String.class)
                  .forEach(
                      table ->
                          rows.put(
                              table,
                              handle
                                  .createQuery("SELECT * FROM " + table + order(table))
                                  .mapToMap()
                                  .list()));
              return rows;
            });
  }

  /** Every table has a key that begins with one of these columns, or one row. */
  private static String order(String table) {
    return switch (table) {
      case "lab", "told", "notified", "deletions" -> "";
      case "jobs", "transitions", "artifacts", "removals", "audit", "deliveries" -> " ORDER BY id";
      case "sweeps" -> " ORDER BY name";
      case "sweep_jobs", "trials" -> " ORDER BY sweep, job";
      case "epochs", "rungs" -> " ORDER BY job, epoch";
      case "results" -> " ORDER BY job, metric, set_name, output, axes";
      case "annotations", "costs", "mirrored", "worker_processes" -> " ORDER BY job";
      case "gpu_readings" -> " ORDER BY gpu, at";
      default -> throw new IllegalArgumentException(table);
    };
  }

  /**
   * Jobs of earlier commits, whose images were resized otherwise and whose causes were sentences.
   */
  @Test
  void whatOnlyEarlierCommitsWroteIsKept() throws Exception {
    database("bagnetlab")
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  UPDATE jobs SET spec = REPLACE(spec, ',"preparation":"pillow"') WHERE id IN (1, 27)
                  """);
              handle.execute(
                  """
                  UPDATE transitions SET cause_code = 'legacy',
                    cause_arguments = '{"text":"node \\"n2\\" was lost"}'
                  WHERE job = 27 AND to_state = 'CANCELLED'
                  """);
            });
    assertThat(convert(data).text()).contains("as earlier versions did: [1, 27]");
    try (TestServer server = new TestServer(data)) {
      // The contract describes no parameters that are unknown.
      assertThat(undescribed(server, "/jobs/1"))
          .contains("\"earlierPreparation\":\"floating-point\"");
      assertThat(undescribed(server, "/runs/1/results")).contains("\"accuracy\"");
      assertThat(undescribed(server, "/jobs/27/timeline")).contains("node \\\"n2\\\" was lost");
      assertThat(server.json("/comparison?dataset=small").path("rows"))
          .noneMatch(row -> row.path("runs").toString().matches(".*\\b1\\b.*"));
    }
  }

  private static String undescribed(TestServer server, String path) throws Exception {
    return server.sendUndescribed("/api/v1" + path, HttpRequest.newBuilder().GET()).body();
  }

  @Test
  void aServerSaysWhatToDo() {
    assertThatThrownBy(() -> new TestServer(data))
        .hasMessageContaining("convert it with scripts/convert-data-directory");
  }

  @Test
  void otherDirectoriesAreLeftAsTheyAre(@TempDir Path other) throws Exception {
    assertThat(convert(other))
        .isEqualTo(
            new Outcome(
                1,
                "convert-data-directory: %s is not a data directory: %s is missing."
                    .formatted(other, other.resolve("database/bagnetlab.mv.db"))));
    try (DirectoryLock _ = DirectoryLock.of(data)) {
      assertThat(convert(data).text()).contains("is in use by another server");
    }
    database("bagnetlab")
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE \"flyway_schema_history\" SET \"script\" = 'V15__x.sql' WHERE \"version\" = '16'"));
    assertThat(convert(data).text()).contains("has schema 15, and only 16 can be converted");
    database("bagnetlab")
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE \"flyway_schema_history\" SET \"script\" = 'V16__x.sql' WHERE \"version\" = '16'"));
    assertThat(convert(data).status()).isZero();
    byte[] kept = Files.readAllBytes(data.resolve("database/bagnetlab-schema-16.mv.db"));
    assertThat(convert(data).text()).contains("there is nothing to convert");
    assertThat(data.resolve("database/bagnetlab-schema-16.mv.db")).hasBinaryContent(kept);
  }
}
