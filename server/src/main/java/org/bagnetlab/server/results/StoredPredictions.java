package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.scramble.Grids;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reads which test images runs recognised, and remembers the last runs that were asked for. */
final class StoredPredictions {

  /** Images of all runs in memory, each some 200 bytes. */
  private static final int REMEMBERED = 150_000;

  private final StoredFiles files;
  private final ScrambledPredictions scrambled;
  private final Map<Long, Outcomes> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Outcomes> eldest) {
              return size() > 1
                  && values().stream().mapToInt(each -> each.test().size()).sum() > REMEMBERED;
            }
          });

  StoredPredictions(StoredFiles files) {
    this.files = files;
    this.scrambled = new ScrambledPredictions(files);
  }

  /**
   * The outcomes of trainings by their numbers; those without predictions are left out.
   *
   * @param grid tiles a side of the scrambled images. All permutations that experiments measured of
   *     a run count; without any that of the training, if it has this grid
   */
  Future<Map<Long, Outcomes>> of(List<Long> runs, int grid) {
    return ofTrainings(runs)
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

  private Future<Map<Long, Outcomes>> ofTrainings(List<Long> runs) {
    Map<Long, Outcomes> known = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (long run : runs) {
      Optional.ofNullable(remembered.get(run))
          .ifPresentOrElse(outcomes -> known.put(run, outcomes), () -> unknown.add(run));
    }
    return files
        .ofTrainings(unknown, ArtifactKind.PREDICTIONS)
        .compose(
            stored -> {
              // One after another: their readers share the disk, and a study has dozens.
              Future<Map<Long, Outcomes>> all = Future.succeededFuture(known);
              for (ArtifactRow file : stored.values()) {
                all = all.compose(before -> add(file, before));
              }
              return all;
            });
  }

  private Future<Map<Long, Outcomes>> add(ArtifactRow file, Map<Long, Outcomes> before) {
    return files
        .read(file, path -> outcomes(file.job(), path))
        .map(
            found -> {
              found.ifPresent(
                  outcomes -> {
                    remembered.put(file.job(), outcomes);
                    before.put(file.job(), outcomes);
                  });
              return before;
            });
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
