package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.file.ArtifactStore;

/** Reads the maps of evidence that experiments stored about runs. */
final class StoredEvidence {

  private static final String KIND = Json.MAPPER.convertValue(ArtifactKind.EVIDENCE, String.class);

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;

  StoredEvidence(Vertx vertx, Database database, ArtifactStore artifacts) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
  }

  /** The maps of a setting's runs; those without any are left out. */
  Future<Evidence> of(Setting.Group group) {
    return Futures.of(vertx, database.read(tables -> files(tables, group)))
        .compose(
            files -> {
              Future<Map<Long, Evidence.Maps>> all = Future.succeededFuture(new HashMap<>());
              for (Map.Entry<Long, ArtifactRow> file : files.entrySet()) {
                all = all.compose(before -> read(file.getKey(), file.getValue(), before));
              }
              return all;
            })
        .map(maps -> evidence(group, maps));
  }

  private static Map<Long, ArtifactRow> files(Tables tables, Setting.Group group) {
    Map<Long, Long> runs = new HashMap<>();
    for (Configuration configuration : group.configurations()) {
      for (long run : configuration.numbers()) {
        tables
            .jobs()
            .succeededAbout(run, EvidenceExperiment.NAME)
            .forEach(job -> runs.put(job, run));
      }
    }
    return newest(tables.artifacts().ofJobs(runs.keySet()), runs);
  }

  /**
   * The newest file of each run about its own test images.
   *
   * @param runs by the jobs about them
   */
  static Map<Long, ArtifactRow> newest(List<ArtifactRow> written, Map<Long, Long> runs) {
    Map<Long, ArtifactRow> files = new LinkedHashMap<>();
    for (ArtifactRow row : written) {
      if (row.kind().equals(KIND) && !Facts.of(row).containsKey(OnImages.DATASET.name())) {
        files.put(runs.get(row.job()), row);
      }
    }
    return files;
  }

  private Future<Map<Long, Evidence.Maps>> read(
      long run, ArtifactRow file, Map<Long, Evidence.Maps> before) {
    return Futures.of(vertx, artifacts.intact(file))
        .compose(path -> vertx.executeBlocking(() -> maps(run, path)))
        .map(
            maps -> {
              before.put(run, maps);
              return before;
            })
        .recover(
            failure ->
                // A damaged file must not hide what other runs found.
                failure instanceof ArtifactLost
                    ? Future.succeededFuture(before)
                    : Future.failedFuture(failure));
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(List<String> images, List<double[]> maps) {}

  private static Evidence.Maps maps(long run, Path file) throws IOException {
    Stored stored = Json.MAPPER.readValue(file.toFile(), Stored.class);
    Map<String, double[]> byImage = new LinkedHashMap<>();
    for (int i = 0; i < stored.images().size(); i++) {
      byImage.put(stored.images().get(i), stored.maps().get(i));
    }
    return new Evidence.Maps(run, byImage);
  }

  private static Evidence evidence(Setting.Group group, Map<Long, Evidence.Maps> maps) {
    Map<String, SortedMap<Long, Evidence.Maps>> networks = new LinkedHashMap<>();
    for (Configuration configuration : group.configurations()) {
      for (MeasuredRun run : configuration.runs()) {
        if (maps.containsKey(run.job())) {
          networks
              .computeIfAbsent(configuration.spec().architecture(), any -> new TreeMap<>())
              .put(run.spec().seed(), maps.get(run.job()));
        }
      }
    }
    return new Evidence(networks);
  }
}
