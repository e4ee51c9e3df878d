package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.bagnetlab.server.results.run.ChosenSetting;

/**
 * The claims of the report, tested on the runs of one setting.
 *
 * @param chosen the setting
 * @param claims the claims in the order of the report
 */
public record Claims(@JsonUnwrapped ChosenSetting chosen, List<Claim> claims)
    implements ChosenSetting.View {}
