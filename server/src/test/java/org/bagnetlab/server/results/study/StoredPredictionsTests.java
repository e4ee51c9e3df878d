package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.NewJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of which scramblings the outcomes of a run are. */
@Timeout(60)
class StoredPredictionsTests {

  private static final String PREDICTIONS =
      """
      {"classes": ["a", "b"], "validation": [],
       "test": [{"image": "1.png", "label": 0, "predicted": 0}],
       "scrambled": [{"image": "1.png", "label": 0, "predicted": 0}]}
      """;

  private final DataDirectory directory;
  private final Database database;
  private final ArtifactStore artifacts;

  StoredPredictionsTests(@TempDir Path root) throws IOException {
    directory = DataDirectory.open(root);
    database = Database.open(directory.database());
    artifacts = new ArtifactStore(directory, database);
  }

  @AfterEach
  void close() throws IOException {
    artifacts.close();
    database.close();
    directory.close();
  }

  /** A finished job that wrote a file. */
  private long finished(String experiment, Optional<Long> run, String kind, String content)
      throws Exception {
    Optional<String> none = Optional.empty();
    NewJob job =
        new NewJob(
            experiment,
            "{}",
            "a job",
            none,
            none,
            none,
            run,
            0,
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            Instant.EPOCH,
            "SUCCEEDED");
    long id = database.write(tables -> tables.jobs().insert(job)).join();
    String path = id + "/" + kind + ".json";
    Path file = directory.artifacts().resolve(path);
    Files.createDirectories(file.getParent());
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    ArtifactRow row =
        new ArtifactRow(
            0,
            id,
            Optional.empty(),
            kind,
            kind + ".json",
            path,
            "application/json",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
            bytes.length,
            "{}",
            Instant.EPOCH);
    database.write(tables -> tables.artifacts().insert(row)).join();
    return id;
  }

  private Map<Long, Outcomes> outcomes(long run, int grid) throws IOException {
    return new StoredPredictions(new StoredFiles(database, artifacts)).of(List.of(run), grid);
  }

  @Test
  void measuredPermutationsReplaceThatOfTheTrainingAndAreCountedOnce() throws Exception {
    long run = finished("train", Optional.empty(), "predictions", PREDICTIONS);
    assertThat(outcomes(run, 4))
        .isEqualTo(Map.of(run, new Outcomes(run, right(1), right(1), 1, false)));
    assertThat(outcomes(run, 2))
        .isEqualTo(Map.of(run, new Outcomes(run, right(1), Map.of(), 0, false)));
    scrambling(run, permutation(4, 1, 0), permutation(4, 2, 1), permutation(2, 1, 1));
    assertThat(outcomes(run, 4))
        .isEqualTo(Map.of(run, new Outcomes(run, right(1), right(.5), 2, true)));
    assertThat(outcomes(run, 2))
        .isEqualTo(Map.of(run, new Outcomes(run, right(1), right(0), 1, true)));
    // The second permutation again, and two others.
    scrambling(run, permutation(4, 2, 1), permutation(4, 3, 1), permutation(4, 4, 1));
    assertThat(outcomes(run, 4))
        .isEqualTo(Map.of(run, new Outcomes(run, right(1), right(.25), 4, true)));
  }

  private static Map<String, Double> right(double share) {
    return Map.of("1.png", share);
  }

  private void scrambling(long run, String... permutations) throws Exception {
    finished(
        "scramble",
        Optional.of(run),
        "scrambled-predictions",
        "{\"images\": [\"1.png\"], \"labels\": [0], \"scrambled\": [%s]}"
            .formatted(String.join(", ", permutations)));
  }

  private static String permutation(int grid, long seed, int predicted) {
    return "{\"grid\": %d, \"seed\": %d, \"predicted\": [%d]}".formatted(grid, seed, predicted);
  }
}
