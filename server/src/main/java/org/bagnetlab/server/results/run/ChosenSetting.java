package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.table.Column;

/**
 * The setting that a view is about.
 *
 * @param dataset the data set its networks were trained and measured on
 * @param datasets with runs
 * @param settings settings on the data set, to choose from
 * @param setting the chosen one; absent: nothing has run
 * @param leftOut failed trainings in the setting, or on the data set if nothing else has run
 */
public record ChosenSetting(
    String dataset,
    List<String> datasets,
    List<Setting> settings,
    Optional<Setting> setting,
    List<LeftOut> leftOut) {

  /** A view that is about one setting. */
  public interface View {

    /** The setting. */
    ChosenSetting chosen();
  }

  /** The columns of its settings, which are equal in all rows. */
  public <R> List<Column<R>> columns() {
    return RowSettings.columns(row -> setting.map(Setting::settings).orElse(RowSettings.NONE));
  }
}
