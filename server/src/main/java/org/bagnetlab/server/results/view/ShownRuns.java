package org.bagnetlab.server.results.view;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.ShownSetting;

/**
 * The runs that a view of several data sets shows: of each data set those of one setting, or all.
 *
 * @param runs in the order in which they were found
 * @param settings for each data set, which setting its runs have
 */
record ShownRuns(List<MeasuredRun> runs, List<ShownSetting> settings) {

  /**
   * Selects runs. The setting of a run is shown on its data set; on others, the one with the most
   * networks is. Throws an {@link UnknownRun} if no counted run has the chosen id.
   */
  static ShownRuns of(
      SettingChoice choice, CountedRuns counted, Published published, Networks networks) {
    List<MeasuredRun> runs = counted.runs();
    Set<Long> shown = new HashSet<>();
    List<ShownSetting> settings = new ArrayList<>();
    Map<String, List<MeasuredRun>> byDataset =
        runs.stream()
            .collect(groupingBy(each -> each.spec().dataset(), LinkedHashMap::new, toList()));
    byDataset.forEach(
        (dataset, onDataset) -> {
          List<Configuration> all = Configuration.group(onDataset, published);
          List<Setting.Group> groups = Setting.group(all);
          Optional<Setting.Group> chosen =
              choice instanceof SettingChoice.Usual
                  ? Optional.empty()
                  : Studies.chosen(on(dataset, choice, runs), groups, counted, dataset, networks);
          List<Configuration> those = chosen.map(Setting.Group::configurations).orElse(all);
          those.forEach(each -> shown.addAll(each.numbers()));
          settings.add(
              new ShownSetting(
                  dataset,
                  groups.stream().map(Setting.Group::setting).toList(),
                  chosen.map(Setting.Group::setting),
                  all.size() - those.size()));
        });
    return new ShownRuns(
        runs.stream().filter(each -> shown.contains(each.job())).toList(), settings);
  }

  /** What is chosen on a data set, if the chosen run is on another. */
  private static SettingChoice on(String dataset, SettingChoice choice, List<MeasuredRun> runs) {
    return choice instanceof SettingChoice.OfRun(long run)
            && runs.stream()
                .anyMatch(each -> each.job() == run && !each.spec().dataset().equals(dataset))
        ? new SettingChoice.MostNetworks()
        : choice;
  }
}
