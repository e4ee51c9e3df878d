package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.scramble.Grids;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;

/** Reads which test images runs recognised, and remembers the last runs that were asked for. */
final class StoredPredictions {

  /** Images of all runs in memory, each some 200 bytes. */
  private static final int REMEMBERED = 150_000;

  private final RememberedFiles<Outcomes> whole;
  private final ScrambledPredictions scrambled;

  StoredPredictions(StoredFiles files) {
    this.whole =
        new RememberedFiles<>(
            files,
            ArtifactKind.PREDICTIONS,
            StoredPredictions::outcomes,
            outcomes -> outcomes.test().size(),
            REMEMBERED);
    this.scrambled = new ScrambledPredictions(files);
  }

  /**
   * The outcomes of trainings by their numbers; those without predictions are left out.
   *
   * @param grid tiles per side of the scrambled images. All permutations that experiments measured
   *     of a run count; without any that of the training, if it has this grid
   */
  Future<Map<Long, Outcomes>> of(List<Long> runs, int grid) {
    return whole
        .of(runs)
        .compose(
            outcomes ->
                scrambled
                    .of(List.copyOf(outcomes.keySet()), grid)
                    .map(
                        permuted -> {
                          outcomes.replaceAll(
                              (run, found) ->
                                  found.scrambledAs(
                                      permuted.getOrDefault(
                                          run,
                                          grid == Grids.OF_TRAININGS
                                              ? found.scrambled()
                                              : Map.of())));
                          return outcomes;
                        }));
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Row(String image, int label, int predicted) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Predictions(List<Row> test, List<Row> scrambled) {}

  private static Outcomes outcomes(long run, Path file) throws IOException {
    Predictions predictions = Json.MAPPER.readValue(file.toFile(), Predictions.class);
    return new Outcomes(run, hits(predictions.test()), hits(predictions.scrambled()));
  }

  private static Map<String, Double> hits(List<Row> rows) {
    Map<String, Double> hits = new LinkedHashMap<>();
    for (Row row : rows) {
      // Runs on the same data set name the same images.
      hits.put(row.image().intern(), row.predicted() == row.label() ? 1.0 : 0.0);
    }
    return hits;
  }
}
