package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reads the maps of evidence that experiments stored for runs. */
public final class StoredEvidence {

  private final StoredFiles files;

  /** Reads maps from these files. */
  public StoredEvidence(StoredFiles files) {
    this.files = files;
  }

  /**
   * The maps of the runs of a setting. Runs without maps are left out. Blocks.
   *
   * @param architectures the networks whose maps are read
   */
  public Evidence of(Setting.Group group, List<String> architectures) throws IOException {
    List<Configuration> wanted =
        group.configurations().stream()
            .filter(each -> architectures.contains(each.spec().architecture()))
            .toList();
    List<Long> runs = wanted.stream().flatMap(each -> each.numbers().stream()).toList();
    Map<ArtifactRow, Long> stored =
        files.about(runs, EvidenceExperiment.NAME, ArtifactKind.EVIDENCE);
    // A run that was measured more than once has several files; the newest comes last.
    Map<ArtifactRow, Evidence.Maps> maps =
        StoredFiles.readAll(
            newest(stored).values(),
            file ->
                files.readIntact(
                    file, path -> maps(Objects.requireNonNull(stored.get(file)), path)));
    return evidence(wanted, maps.values());
  }

  static Map<Long, ArtifactRow> newest(Map<ArtifactRow, Long> stored) {
    Map<Long, ArtifactRow> newest = new LinkedHashMap<>();
    stored.forEach((file, run) -> newest.put(run, file));
    return newest;
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

  private static Evidence evidence(
      List<Configuration> configurations, Collection<Evidence.Maps> found) {
    Map<Long, Evidence.Maps> byRun =
        found.stream().collect(Collectors.toMap(Evidence.Maps::run, Function.identity()));
    Map<String, SortedMap<Long, Evidence.Maps>> networks = new LinkedHashMap<>();
    for (Configuration configuration : configurations) {
      SortedMap<Long, Evidence.Maps> bySeed = configuration.bySeed(byRun);
      if (!bySeed.isEmpty()) {
        networks.put(configuration.spec().architecture(), bySeed);
      }
    }
    return new Evidence(networks);
  }
}
