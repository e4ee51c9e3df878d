package org.bagnetlab.server.results.claim;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.ObjectiveName;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.study.Study;

/**
 * Networks trained with the objective of whole images, and with that of single positions, in
 * settings that are equal otherwise. Each network has the learning rate that counts for it in its
 * setting.
 *
 * @param global the networks whose images' logits were trained; empty if there are none
 * @param local the networks of which each position's logits were trained; empty if there are none
 */
public record Objectives(Optional<Study> global, Optional<Study> local) {

  /** The group of a setting that differs only in the objective, which is this one. */
  public static Optional<Setting.Group> with(
      ObjectiveName objective, Setting.Group setting, List<Setting.Group> all) {
    return all.stream()
        .filter(
            group ->
                objective(group) == objective
                    && withoutObjective(group).equals(withoutObjective(setting)))
        .findFirst();
  }

  private static ObjectiveName objective(Setting.Group group) {
    return group.configurations().getFirst().spec().get(ObjectiveParameters.OBJECTIVE);
  }

  private static Configuration.Key withoutObjective(Setting.Group group) {
    return group
        .configurations()
        .getFirst()
        .keyOfSetting()
        .without(ObjectiveParameters.OBJECTIVE)
        .without(ObjectiveParameters.LOCAL_WEIGHT);
  }
}
