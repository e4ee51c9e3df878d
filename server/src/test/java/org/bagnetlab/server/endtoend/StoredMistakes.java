package org.bagnetlab.server.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/**
 * Two trainings that nobody ran, measured on ten test images of each class, whose mistakes are
 * known. The first takes four images of the first class for the second, the later the surer, and
 * one of the second for the third; the second training takes the two of which the first is surest
 * for the third class.
 */
final class StoredMistakes {

  /** Numbers of the jobs. */
  static final long FIRST = 1;

  static final long SECOND = 2;

  /** About the first training. */
  static final long PATCHES = 3;

  /** Of each class. */
  static final int IMAGES = 10;

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final Tables tables;
  private final Path artifacts;
  private final SceneDataset scenes;
  private final String checksum;

  private StoredMistakes(Tables tables, Path artifacts, SceneDataset scenes, String checksum) {
    this.tables = tables;
    this.artifacts = artifacts;
    this.scenes = scenes;
    this.checksum = checksum;
  }

  /** Adds them to a data directory that no server has. */
  static void add(Path data) throws Exception {
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database())) {
      DatasetStore store = new DatasetStore(directory.datasets());
      SceneDataset scenes = store.find(Controlled15.NAME).orElseThrow();
      String checksum = store.facts(Controlled15.NAME).orElseThrow().checksum();
      database
          .write(
              tables ->
                  new StoredMistakes(tables, directory.artifacts(), scenes, checksum).addAll())
          .join();
    }
  }

  /** The path of a test image. */
  static String image(Path data, int label, int place) throws Exception {
    return images(
            new DatasetStore(data.resolve("datasets")).find(Controlled15.NAME).orElseThrow(), label)
        .get(place);
  }

  private static List<String> images(SceneDataset scenes, int label) {
    return scenes.images().stream()
        .filter(image -> image.folder() == SceneImage.Folder.TEST && image.label() == label)
        .map(SceneImage::path)
        .sorted()
        .limit(IMAGES)
        .toList();
  }

  private long addAll() {
    training("bagnet9", (label, i) -> label == 0 && i < 4 ? 1 : label == 1 && i == 0 ? 2 : label);
    training("resnet50", (label, i) -> label == 0 && (i == 2 || i == 3) ? 2 : label);
    return job(
        "predictive-patches",
        "{\"kind\":\"predictive-patches\",\"run\":1,\"subsetSeed\":1,\"patches\":6,\"stride\":8}",
        "Predictive patches of run 1",
        Optional.empty(),
        Optional.of(FIRST));
  }

  private void training(String architecture, ToIntBiFunction<Integer, Integer> seen) {
    TrainSpec spec =
        TrainSpec.of(architecture, Controlled15.NAME)
            .with(TrainExperiment.WIDTH, .125)
            .with(TrainExperiment.EPOCHS, 12)
            .with(TrainExperiment.HEATMAP_STRIDE, 8);
    long job =
        job(
            spec.kind(),
            Json.line(spec),
            "%s on controlled-15".formatted(architecture),
            Optional.of(spec.dataset()),
            Optional.empty());
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("classes", scenes.classes());
    file.put("validation", List.of());
    file.put("test", rows(seen));
    file.put("scrambled", rows((label, i) -> 0));
    measured(job, "test", .9);
    measured(job, "scrambled", 1 / 15.);
    artifact(job, "predictions", Json.line(file), "{}");
    artifact(
        job,
        "split",
        "{}",
        Json.line(
            Map.of(
                "datasetChecksum", checksum, "splitChecksum", "00".repeat(32), "train", "1200")));
  }

  private List<Map<String, Object>> rows(ToIntBiFunction<Integer, Integer> seen) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int label = 0; label < scenes.classes().size(); label++) {
      List<String> images = images(scenes, label);
      for (int i = 0; i < images.size(); i++) {
        int predicted = seen.applyAsInt(label, i);
        float[] logits = new float[scenes.classes().size()];
        logits[predicted] = 3 + i;
        rows.add(
            Map.of(
                "image", images.get(i),
                "label", label,
                "predicted", predicted,
                "logits", logits));
      }
    }
    return rows;
  }

  private long job(
      String kind, String spec, String title, Optional<String> dataset, Optional<Long> subject) {
    long job =
        tables
            .jobs()
            .insert(
                new NewJob(
                    kind,
                    spec,
                    title,
                    Optional.empty(),
                    dataset,
                    Optional.empty(),
                    subject,
                    0,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    AT,
                    "QUEUED"));
    tables
        .jobs()
        .update(
            job,
            new StateRow(
                "SUCCEEDED",
                Optional.of(AT),
                Optional.of(AT.plusSeconds(60)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                0,
                Optional.empty()));
    return job;
  }

  private void measured(long job, String set, double accuracy) {
    String axes = set.equals("scrambled") ? "{\"scrambleSeed\":1}" : "{}";
    Optional<Integer> images = Optional.of(150);
    tables.results().put(new ResultRow(job, "accuracy", "accuracy", set, axes, accuracy, images));
    tables.results().put(new ResultRow(job, "loss", "loss", set, axes, .5, images));
  }

  private void artifact(long job, String kind, String content, String facts) {
    String name = kind + ".json";
    try {
      Path file = artifacts.resolve(String.valueOf(job)).resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      byte[] bytes = Files.readAllBytes(file);
      tables
          .artifacts()
          .insert(
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
                  AT));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
