package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.table.Column;

/**
 * The setting that a view shows.
 *
 * @param dataset the data set on which its networks were trained and measured
 * @param datasets the data sets that have runs
 * @param settings the settings on the data set to choose from
 * @param setting the chosen setting; absent if there are no runs
 * @param leftOut trainings that do not count as results: those in the setting, or those on the data
 *     set if there are no other runs
 */
public record ChosenSetting(
    String dataset,
    List<String> datasets,
    List<Setting> settings,
    Optional<Setting> setting,
    List<LeftOut> leftOut) {

  /** A view of one setting. */
  public interface View {

    /** The setting. */
    ChosenSetting chosen();
  }

  /** The same setting, with other trainings left out. */
  public ChosenSetting leavingOut(List<LeftOut> others) {
    return new ChosenSetting(dataset, datasets, settings, setting, others);
  }

  /** The columns of its settings. Their values are equal in all rows. */
  public <R> List<Column<R>> columns() {
    return RowSettings.columns(row -> setting.map(Setting::settings).orElse(RowSettings.NONE));
  }
}
