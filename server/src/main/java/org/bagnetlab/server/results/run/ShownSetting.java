package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;

/**
 * The settings on a data set, and which of them a view of several data sets shows.
 *
 * @param settings the settings to choose from
 * @param setting the one that is shown; absent if all are
 * @param otherConfigurations number of configurations on the data set that are not shown, since
 *     they have another setting or, of the same network, another learning rate
 */
public record ShownSetting(
    String dataset, List<Setting> settings, Optional<Setting> setting, int otherConfigurations) {}
