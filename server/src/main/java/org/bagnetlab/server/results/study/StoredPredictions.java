package org.bagnetlab.server.results.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.PredictionsFile;
import org.bagnetlab.server.results.file.StoredFiles;

/**
 * Reads which test images runs classified correctly, and caches the most recently used results.
 * Blocks.
 */
public final class StoredPredictions {

  /** Maximum number of cached images over all runs. Each takes about 200 bytes. */
  private static final int CACHED = 150_000;

  private final FileCache<Outcomes> whole;
  private final ScrambledPredictions scrambled;

  /** Reads predictions from these files. */
  public StoredPredictions(StoredFiles files) {
    this.whole =
        new FileCache<>(
            files,
            ArtifactKind.PREDICTIONS,
            StoredPredictions::outcomes,
            outcomes -> outcomes.test().size(),
            CACHED);
    this.scrambled = new ScrambledPredictions(files);
  }

  /**
   * The outcomes that trainings stored, with one permutation of each image, by training. Trainings
   * without predictions are left out.
   */
  public Map<Long, Outcomes> ofTrainings(List<Long> runs) throws IOException {
    return whole.of(runs);
  }

  /**
   * The outcomes with all permutations of scrambled images, including those measured after the
   * training.
   *
   * @param grid number of tiles per side of the scrambled images. For each run, all permutations
   *     that experiments measured are used; if there are none, the permutation of the training
   *     itself is used, if it has this grid
   */
  public Map<Long, Outcomes> of(List<Long> runs, int grid) throws IOException {
    Map<Long, Outcomes> outcomes = ofTrainings(runs);
    Map<Long, ScrambledPredictions.Shares> permuted =
        scrambled.of(List.copyOf(outcomes.keySet()), grid);
    outcomes.replaceAll(
        (run, found) ->
            Optional.ofNullable(permuted.get(run))
                .map(shares -> found.scrambledAgain(shares.right(), shares.permutations()))
                .orElseGet(
                    () -> grid == TrainSpec.SCRAMBLE_TILES_A_SIDE ? found : found.unscrambled()));
    return outcomes;
  }

  private static Outcomes outcomes(long run, Path file) throws IOException {
    Map<String, Double> test = new LinkedHashMap<>();
    Map<String, Double> scrambled = new LinkedHashMap<>();
    PredictionsFile.read(
        file,
        List.of(MeasuredSet.TEST, MeasuredSet.SCRAMBLED),
        (set, row) ->
            (set == MeasuredSet.TEST ? test : scrambled).put(row.image(), row.right() ? 1.0 : 0.0));
    return Outcomes.ofTraining(run, test, scrambled);
  }
}
