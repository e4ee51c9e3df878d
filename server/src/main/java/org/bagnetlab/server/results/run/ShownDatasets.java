package org.bagnetlab.server.results.run;

import java.util.List;

/**
 * The data sets of a view, and which setting it shows of each.
 *
 * @param datasets those of the measured values
 * @param settings for each data set of runs, which setting is shown
 */
public record ShownDatasets(List<MeasuredOn> datasets, List<ShownSetting> settings) {

  /** Number of configurations that the view leaves out. */
  public int otherConfigurations() {
    return settings.stream().mapToInt(ShownSetting::otherConfigurations).sum();
  }
}
