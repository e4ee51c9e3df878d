package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.file.ArtifactStore;

/** Reads which scrambled test images runs recognised, from the experiments that measured them. */
final class ScrambledPredictions {

  private static final String KIND =
      Json.MAPPER.convertValue(ArtifactKind.SCRAMBLED_PREDICTIONS, String.class);

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;

  ScrambledPredictions(Vertx vertx, Database database, ArtifactStore artifacts) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
  }

  /** A permutation of every image. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Permutation(int grid, long seed, List<Integer> predicted) {}

  /** What a job stored. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(List<String> images, List<Integer> labels, List<Permutation> scrambled) {}

  /** The permutations of a run's images by their seeds: one that was measured again is the same. */
  private record Found(Map<Long, Map<String, Double>> bySeed) {

    void add(Stored stored, int grid) {
      for (Permutation permutation : stored.scrambled()) {
        if (permutation.grid() == grid) {
          Map<String, Double> hits = new LinkedHashMap<>();
          for (int i = 0; i < stored.images().size(); i++) {
            boolean right = permutation.predicted().get(i).equals(stored.labels().get(i));
            hits.put(stored.images().get(i).intern(), right ? 1.0 : 0.0);
          }
          bySeed.put(permutation.seed(), hits);
        }
      }
    }

    Map<String, Double> mean() {
      Map<String, Double> mean = new LinkedHashMap<>();
      for (Map<String, Double> hits : bySeed.values()) {
        hits.forEach((image, hit) -> mean.merge(image, hit / bySeed.size(), Double::sum));
      }
      return mean;
    }
  }

  /**
   * For each run the share of permutations under which it recognised each test image.
   *
   * @param grid tiles a side
   * @return without runs that no experiment measured with this grid
   */
  Future<Map<Long, Map<String, Double>>> of(List<Long> runs, int grid) {
    return Futures.of(vertx, database.read(tables -> files(tables, runs)))
        .compose(
            files -> {
              Future<Map<Long, Found>> all = Future.succeededFuture(new HashMap<>());
              for (Map.Entry<ArtifactRow, Long> file : files.entrySet()) {
                all = all.compose(found -> read(file.getValue(), file.getKey(), grid, found));
              }
              return all;
            })
        .map(
            found -> {
              Map<Long, Map<String, Double>> means = new HashMap<>();
              found.forEach(
                  (run, permutations) -> {
                    if (!permutations.bySeed().isEmpty()) {
                      means.put(run, permutations.mean());
                    }
                  });
              return means;
            });
  }

  /** The files about the runs' own test images, with the run of each. */
  private static Map<ArtifactRow, Long> files(Tables tables, List<Long> runs) {
    Map<Long, Long> jobs = new HashMap<>();
    for (long run : runs) {
      tables.jobs().succeededAbout(run, ScrambleExperiment.NAME).forEach(job -> jobs.put(job, run));
    }
    Map<ArtifactRow, Long> files = new LinkedHashMap<>();
    for (ArtifactRow row : tables.artifacts().ofJobs(new ArrayList<>(jobs.keySet()))) {
      if (row.kind().equals(KIND) && !Facts.of(row).containsKey(OnImages.DATASET.name())) {
        files.put(row, jobs.get(row.job()));
      }
    }
    return files;
  }

  private Future<Map<Long, Found>> read(
      long run, ArtifactRow file, int grid, Map<Long, Found> found) {
    return Futures.of(vertx, artifacts.intact(file))
        .compose(path -> vertx.executeBlocking(() -> stored(path), false))
        .map(
            stored -> {
              found.computeIfAbsent(run, any -> new Found(new LinkedHashMap<>())).add(stored, grid);
              return found;
            })
        .recover(
            failure ->
                // A damaged file must not hide what other runs found.
                failure instanceof ArtifactLost
                    ? Future.succeededFuture(found)
                    : Future.failedFuture(failure));
  }

  private static Stored stored(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), Stored.class);
  }
}
