package org.bagnetlab.experiment.statistic;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Description;
import org.bagnetlab.experiment.Modules;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * A function of a run's stored predictions, computed when it is asked for. Found as a service of
 * this type.
 */
public interface Statistic extends Description {

  /** Computes it. */
  Findings of(Predictions predictions);

  @Override
  default Subject subject() {
    return Subject.predictions();
  }

  @Override
  default List<Parameter<?>> parameters() {
    return List.of();
  }

  /** All of them, in the order in which people see them. */
  static List<Statistic> all() {
    return Modules.descriptions(Statistic.class);
  }

  /** The statistic of this name. */
  static Optional<Statistic> find(String name) {
    return all().stream().filter(statistic -> statistic.name().equals(name)).findFirst();
  }
}
