package org.bagnetlab.experiment.statistic;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Description;
import org.bagnetlab.experiment.Modules;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * A function of a run's stored predictions, computed on request. Statistics are registered as
 * services of this type.
 */
public interface Statistic extends Description {

  /** Computes the statistic. */
  Findings of(Predictions predictions);

  @Override
  default List<Parameter<?>> parameters() {
    return List.of();
  }

  /** All statistics, in the order shown to users. */
  static List<Statistic> all() {
    return Modules.descriptions(Statistic.class);
  }

  /** The statistic with this name. */
  static Optional<Statistic> find(String name) {
    return all().stream().filter(statistic -> statistic.name().equals(name)).findFirst();
  }
}
