package org.bagnetlab.worker.run;

import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.JobSpec;

/** Finds the runner of an experiment by its name. */
public final class Runners {

  private Runners() {}

  /** The class name of an experiment's runner. */
  public static String name(Experiment<?> experiment) {
    return experiment
        .getClass()
        .getName()
        .replaceFirst("^org\\.bagnetlab\\.experiment\\.", "org.bagnetlab.worker.")
        .replaceFirst("Experiment$", "Runner");
  }

  /**
   * The runner of an experiment.
   *
   * @throws IllegalStateException if it has none
   */
  @SuppressWarnings(
      "unchecked") // tests check that HeatmapRunner accepts HeatmapExperiment's specifications
  public static <S extends JobSpec> Runner<S> of(Experiment<S> experiment) {
    try {
      return (Runner<S>)
          Class.forName(name(experiment)).asSubclass(Runner.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The experiment '%s' has no runner: there is no %s."
              .formatted(experiment.name(), name(experiment)),
          e);
    }
  }
}
