package org.bagnetlab.server.results.claim;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.Setting;

/**
 * The claims of the report, judged by the runs of one setting.
 *
 * @param dataset that the runs were trained and measured on
 * @param datasets those with runs
 * @param settings that can be chosen
 * @param setting the chosen one; absent: nothing has run
 * @param leftOut trainings on the data set that failed
 * @param claims in the order of the report
 */
public record Claims(
    String dataset,
    List<String> datasets,
    List<Setting> settings,
    Optional<Setting> setting,
    List<LeftOut> leftOut,
    List<Claim> claims) {}
