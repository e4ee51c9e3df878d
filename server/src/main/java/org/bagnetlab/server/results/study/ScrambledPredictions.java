package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reads which scrambled test images runs recognised, from the experiments that measured them. */
final class ScrambledPredictions {

  private final StoredFiles files;

  ScrambledPredictions(StoredFiles files) {
    this.files = files;
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
   * @param grid tiles per side
   * @return without runs that no experiment measured with this grid
   */
  Future<Map<Long, Map<String, Double>>> of(List<Long> runs, int grid) {
    return files
        .about(runs, ScrambleExperiment.NAME, ArtifactKind.SCRAMBLED_PREDICTIONS)
        .compose(
            stored -> {
              Future<Map<Long, Found>> all = Future.succeededFuture(new HashMap<>());
              for (Map.Entry<ArtifactRow, Long> file : stored.entrySet()) {
                all = all.compose(found -> add(file.getValue(), file.getKey(), grid, found));
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

  private Future<Map<Long, Found>> add(
      long run, ArtifactRow file, int grid, Map<Long, Found> found) {
    return files
        .read(file, ScrambledPredictions::stored)
        .map(
            read -> {
              read.ifPresent(
                  stored ->
                      found
                          .computeIfAbsent(run, any -> new Found(new LinkedHashMap<>()))
                          .add(stored, grid));
              return found;
            });
  }

  private static Stored stored(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), Stored.class);
  }
}
