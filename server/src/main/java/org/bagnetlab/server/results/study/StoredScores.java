package org.bagnetlab.server.results.study;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;

/** Computes the statistics of runs from their stored predictions, and remembers the last. */
public final class StoredScores {

  /** Numbers of all runs in memory. */
  private static final int REMEMBERED = 100_000;

  private final FileCache<List<Findings.Value>> files;

  /** Reads from these files. */
  public StoredScores(StoredFiles files) {
    this.files =
        new FileCache<>(
            files, ArtifactKind.PREDICTIONS, StoredScores::scores, List::size, REMEMBERED);
  }

  /** The numbers that have no axes, of trainings by their numbers. */
  public Future<Map<Long, List<Findings.Value>>> of(List<Long> runs) {
    return files.of(runs);
  }

  private static List<Findings.Value> scores(long run, Path file) throws IOException {
    Predictions predictions = Json.MAPPER.readValue(file.toFile(), Predictions.class);
    return Statistic.all().stream()
        .flatMap(statistic -> statistic.of(predictions).values().stream())
        .filter(value -> value.axes().isEmpty())
        .toList();
  }
}
