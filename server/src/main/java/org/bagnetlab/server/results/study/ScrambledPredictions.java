package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

/**
 * Reads which scrambled test images runs classified correctly, from the files of the experiments
 * that measured this.
 */
record ScrambledPredictions(StoredFiles files) {

  /** The predictions for one permutation. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Permutation(int grid, long seed, List<Integer> predicted) {}

  /** The file that a job stored. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(List<String> images, List<Integer> labels, List<Permutation> scrambled) {}

  /**
   * How often a run classified scrambled images correctly.
   *
   * @param permutations number of measured permutations
   * @param right for each test image, the share of permutations for which it was classified
   *     correctly
   */
  record Shares(int permutations, Map<String, Double> right) {}

  /**
   * How often each run classified its scrambled test images correctly.
   *
   * @param grid number of tiles per side
   * @return the shares by run, without runs that no experiment measured with this grid
   */
  Map<Long, Shares> of(List<Long> runs, int grid) throws IOException {
    Map<ArtifactRow, Long> stored =
        files.about(runs, ScrambleExperiment.NAME, ArtifactKind.SCRAMBLED_PREDICTIONS);
    return shares(
        StoredFiles.readAll(
            stored.keySet(), file -> files.readIntact(file, path -> hits(path, grid))),
        stored);
  }

  /**
   * By seed of the permutation, 1 for each image that is classified correctly and 0 for each that
   * is not.
   */
  private static Map<Long, Map<String, Double>> hits(Path file, int grid) throws IOException {
    Stored stored = Json.MAPPER.readValue(file.toFile(), Stored.class);
    Map<Long, Map<String, Double>> bySeed = new LinkedHashMap<>();
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
    return bySeed;
  }

  private static Map<Long, Shares> shares(
      Map<ArtifactRow, Map<Long, Map<String, Double>>> read, Map<ArtifactRow, Long> runs) {
    Map<Long, Map<Long, Map<String, Double>>> byRun = new HashMap<>();
    read.forEach(
        (file, permutations) -> {
          if (!permutations.isEmpty()) {
            // A permutation that was measured again has the same result, so it does not matter
            // which one is kept.
            byRun
                .computeIfAbsent(runs.get(file), any -> new LinkedHashMap<>())
                .putAll(permutations);
          }
        });
    Map<Long, Shares> shares = new HashMap<>();
    byRun.forEach(
        (run, permutations) -> {
          Map<String, Double> mean = new LinkedHashMap<>();
          for (Map<String, Double> hits : permutations.values()) {
            hits.forEach((image, hit) -> mean.merge(image, hit / permutations.size(), Double::sum));
          }
          shares.put(run, new Shares(permutations.size(), mean));
        });
    return shares;
  }
}
