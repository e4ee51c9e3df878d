package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.server.results.accuracy.AccuracyRow.PublishedNetwork;
import org.bagnetlab.server.results.missing.MissingJob;
import org.bagnetlab.server.results.missing.MissingSeeds;
import org.bagnetlab.server.results.missing.SettingTrainings;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * Table 1 with published and measured accuracies side by side.
 *
 * @param on the data set of the measured values
 * @param settings the settings on the data set, and which of them the rows have
 * @param rows the rows, at least one for each network, in the order of Table 1
 * @param missing for each row, the trainings with further seeds that an interval needs
 * @param leftOut trainings on the data set that do not count as results and are in no row
 * @param trialsLeftOut number of trials of searches on the data set that are in no row
 * @param otherNetworks networks that were measured on the data set, but not trained on it here
 */
public record Comparison(
    @JsonUnwrapped MeasuredOn on,
    @JsonUnwrapped Settings settings,
    List<AccuracyRow> rows,
    List<List<MissingJob>> missing,
    List<LeftOut> leftOut,
    int trialsLeftOut,
    List<OtherImages> otherNetworks) {

  /**
   * The settings on a data set.
   *
   * @param datasets the data sets that have runs
   * @param settings the settings to choose from
   * @param setting the setting of all rows; absent if they are of all settings
   * @param otherConfigurations number of configurations on the data set that are in no row, since
   *     they have another setting or, of the same network, another learning rate
   */
  public record Settings(
      List<String> datasets,
      List<Setting> settings,
      Optional<Setting> setting,
      int otherConfigurations) {}

  /**
   * What is shown of the configurations on a data set.
   *
   * @param datasets the data sets that have runs
   * @param all all configurations
   * @param groups the same by setting
   * @param chosen the setting that is shown; if empty, all are
   */
  public record Shown(
      List<String> datasets,
      List<Configuration> all,
      List<Setting.Group> groups,
      Optional<Setting.Group> chosen) {

    private List<Configuration> configurations() {
      return chosen.map(Setting.Group::configurations).orElse(all);
    }

    private Settings settings() {
      return new Settings(
          datasets,
          groups.stream().map(Setting.Group::setting).toList(),
          chosen.map(Setting.Group::setting),
          all.size() - configurations().size());
    }

    /** The setting in which networks without results can be compared with the most others. */
    private Optional<Setting.Group> compared() {
      return chosen.or(() -> groups.stream().findFirst());
    }
  }

  /** The table of the runs on a data set. */
  public static Comparison of(
      MeasuredOn on,
      Shown shown,
      CountedRuns runs,
      List<OtherImages> otherImages,
      Published published,
      Networks networks) {
    Map<String, List<Configuration>> byNetwork =
        shown.configurations().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.spec().architecture(), LinkedHashMap::new, Collectors.toList()));
    List<AccuracyRow> rows = new ArrayList<>();
    List<List<MissingJob>> missing = new ArrayList<>();
    for (PublishedNetwork network : PublishedNetwork.all(published, networks)) {
      String architecture = network.row().architecture();
      List<Configuration> measured =
          Optional.ofNullable(byNetwork.remove(architecture)).orElse(List.of());
      for (Configuration each : measured) {
        rows.add(AccuracyRow.of(each, published, networks));
        missing.add(missing(List.of(each), architecture));
      }
      if (measured.isEmpty()) {
        rows.add(AccuracyRow.of(network, networks.linearBagLimit(architecture, on.dataset())));
        missing.add(
            shown
                .compared()
                .map(group -> missing(group.configurations(), architecture))
                .orElse(List.of()));
      }
    }
    for (List<Configuration> others : byNetwork.values()) {
      for (Configuration each : others) {
        rows.add(AccuracyRow.of(each, published, networks));
        missing.add(missing(List.of(each), each.spec().architecture()));
      }
    }
    return new Comparison(
        on,
        shown.settings(),
        rows,
        missing,
        LeftOut.of(runs.troubled(), networks),
        runs.trials().size(),
        otherImages.stream()
            .filter(each -> each.dataset().equals(on.dataset()) && !each.onItsOwnDataset())
            .toList());
  }

  /** The trainings that a network of a setting needs for an interval over seeds. */
  private static List<MissingJob> missing(List<Configuration> setting, String architecture) {
    return MissingSeeds.of(
        new SettingTrainings(setting)
            .network(architecture).stream().map(MissingSeeds.Compared::ofTrainings).toList(),
        SeedMean.FEWEST_SEEDS);
  }
}
