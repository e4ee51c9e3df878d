package org.bagnetlab.server.results.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the predictions that jobs stored, and what is remembered of it. */
@Timeout(60)
class StoredPredictedImagesTests {

  private static final String FILE =
      """
      {"extra": {"test": [1]}, "classes": ["a", "b"], "validation": null, "test": [
        {"image": "1.png", "label": 0, "predicted": 1, "logits": [0, 1], "extra": [1]},
        {"image": "2.png", "label": 1, "predicted": 1}],
       "scrambled": []}
      """;

  private final DataDirectory directory;
  private final Database database;
  private final ArtifactStore artifacts;
  private final DatasetStore datasets;
  private final String checksum;

  StoredPredictedImagesTests(@TempDir Path root) throws IOException {
    directory = DataDirectory.open(root);
    database = Database.open(directory.database());
    artifacts = new ArtifactStore(directory, database);
    datasets = new DatasetStore(directory.datasets());
    checksum = datasets.facts(Controlled15.NAME).orElseThrow().checksum();
  }

  @AfterEach
  void close() throws IOException {
    artifacts.close();
    database.close();
    directory.close();
  }

  private long job() {
    return database
        .write(tables -> tables.jobs().insert(NewJob.of("evaluate", "{}", "a job", Instant.EPOCH)))
        .join();
  }

  private void store(long job, String kind, String content, String facts) throws Exception {
    String name = kind + ".json";
    Path file = directory.artifacts().resolve(String.valueOf(job)).resolve(name);
    Files.createDirectories(file.getParent());
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    ArtifactRow row =
        new ArtifactRow(
            0,
            job,
            Optional.empty(),
            kind,
            name,
            job + "/" + name,
            "application/json",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
            bytes.length,
            facts,
            Instant.EPOCH);
    database.write(tables -> tables.artifacts().insert(row)).join();
  }

  /** A job whose worker wrote predictions with these facts. */
  private long measured(String facts) throws Exception {
    long job = job();
    store(job, "predictions", FILE, facts);
    return job;
  }

  private PredictionPage page(long job, Optional<Long> split, List<Long> alsoWrong)
      throws Exception {
    return new StoredPredictedImages(new StoredFiles(database, artifacts), datasets)
        .page(
            job,
            new StoredPredictedImages.Images(Controlled15.NAME, split),
            new PredictionFilter(
                List.of(MeasuredSet.TEST),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                alsoWrong,
                PredictionFilter.Order.IMAGE,
                5,
                10,
                0));
  }

  private boolean pictured(long job, Optional<Long> split) throws Exception {
    return page(job, split, List.of()).pictured();
  }

  private static String facts(String checksum) {
    return "{\"datasetChecksum\":\"%s\"}".formatted(checksum);
  }

  @Test
  void otherRunsAreReadOneAfterTheOther() throws Exception {
    long job = measured("{}");
    List<Long> others = List.of(measured("{}"), measured("{}"));
    PredictionPage page = page(job, Optional.empty(), others);
    assertThat(page.images()).isEqualTo(2);
    assertThat(page.wrong()).isEqualTo(1);
    assertThat(page.predictions()).hasSize(1);
    assertThat(page.predictions().get(0).others())
        .extracting(PredictionPage.Other::run)
        .isEqualTo(others);
    long without = job();
    assertThatThrownBy(() -> page(job, Optional.empty(), List.of(without)))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("Job %d stored no predictions.", without);
  }

  /** Another data set can have the same name by now. */
  @Test
  void imagesAreShownIfTheyAreKnownToBeThoseThatWereMeasured() throws Exception {
    assertThat(pictured(measured(facts(checksum)), Optional.empty())).isTrue();
    assertThat(pictured(measured(facts("another")), Optional.empty())).isFalse();
    // Labs from before it was stored with predictions have it for the splits of trainings.
    assertThat(pictured(measured("{}"), Optional.empty())).isFalse();
    long training = measured("{}");
    assertThat(pictured(training, Optional.of(training))).isFalse();
    store(training, "split", "{}", facts(checksum));
    assertThat(pictured(training, Optional.of(training))).isTrue();
    assertThat(pictured(measured("{}"), Optional.of(training))).isTrue();
    assertThat(pictured(measured(facts("another")), Optional.of(training))).isFalse();
  }

  @Test
  void whatIsReadAgainIsCachedAsFarAsThereIsRoom() throws Exception {
    List<Long> read = new ArrayList<>();
    Map<Long, Integer> sizes = new HashMap<>();
    for (int size : new int[] {4, 4, 4, 11}) {
      sizes.put(measured("{}"), size);
    }
    FileCache<Long> cache =
        new FileCache<>(
            new StoredFiles(database, artifacts),
            ArtifactKind.PREDICTIONS,
            (job, file) -> {
              read.add(job);
              return job;
            },
            job -> sizes.getOrDefault(job, 0),
            10);
    for (long job : List.of(1L, 2L, 1L, 3L, 4L, 4L, 1L)) {
      assertThat(cache.of(List.of(job))).isEqualTo(Map.of(job, job));
    }
    // The third made another one leave, and the fourth is too large to stay.
    assertThat(read).containsExactly(1L, 2L, 3L, 4L, 4L);
    cache.of(List.of(1L, 2L, 3L));
    assertThat(read).hasSizeGreaterThan(5);
  }
}
