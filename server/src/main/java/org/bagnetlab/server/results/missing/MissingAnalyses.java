package org.bagnetlab.server.results.missing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Setting;

/**
 * The analyses that the networks of a data set lack.
 *
 * @param dataset the data set that the networks were trained on
 * @param jobs the analyses; at least one
 */
public record MissingAnalyses(String dataset, List<MissingJob> jobs) {

  /** An experiment on the networks of each data set. */
  public static List<MissingAnalyses> ofDatasets(
      Experiment<?> experiment,
      List<Configuration> configurations,
      Set<Long> measured,
      Catalogue catalogue) {
    Map<String, List<Configuration>> byDataset = new LinkedHashMap<>();
    for (Configuration each : configurations) {
      byDataset.computeIfAbsent(each.spec().dataset(), any -> new ArrayList<>()).add(each);
    }
    return byDataset.entrySet().stream()
        .map(
            entry ->
                new MissingAnalyses(
                    entry.getKey(), of(experiment, entry.getValue(), measured, catalogue)))
        .filter(each -> !each.jobs().isEmpty())
        .toList();
  }

  /**
   * An experiment on all runs of the setting with the most networks, as far as their networks meet
   * its requirements and were not measured.
   *
   * @param measured the runs that were measured
   */
  public static List<MissingJob> of(
      Experiment<?> experiment,
      List<Configuration> configurations,
      Set<Long> measured,
      Catalogue catalogue) {
    return Setting.group(configurations).stream()
        .limit(1)
        .flatMap(group -> group.configurations().stream())
        .filter(each -> experiment.subject().unmet(catalogue, each.spec().architecture()).isEmpty())
        .flatMap(each -> each.numbers().stream())
        .filter(run -> !measured.contains(run))
        .map(run -> MissingJob.analysis(experiment.name(), run))
        .toList();
  }
}
