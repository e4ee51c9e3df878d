package org.bagnetlab.experiment.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bagnetlab.experiment.ModuleFailure;
import org.bagnetlab.experiment.Modules;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * Parameters that a module adds to trainings, registered as a service of this type. Each needs a
 * default that changes nothing, because stored trainings without the parameter get it.
 */
public interface TrainingParameterProvider {

  /** The parameters. Each comes after those on which its bounds and default depend. */
  List<Parameter<?>> parameters();

  /**
   * These parameters and those of all modules. The order, in which they are also stored, is always
   * the same.
   *
   * @throws ModuleFailure if a module's parameter has a name already used, or no default
   */
  static List<Parameter<?>> with(List<Parameter<?>> own) {
    List<Parameter<?>> all = new ArrayList<>(own);
    Set<String> names = new HashSet<>();
    own.forEach(parameter -> names.add(parameter.name()));
    List<TrainingParameterProvider> modules =
        Modules.services(TrainingParameterProvider.class, TrainingParameterProvider::parameters);
    modules.sort(Comparator.comparing(module -> module.getClass().getName()));
    for (TrainingParameterProvider module : modules) {
      for (Parameter<?> parameter : module.parameters()) {
        if (!names.add(parameter.name())) {
          throw new ModuleFailure(
              "%s declares the parameter %s, which trainings have already"
                  .formatted(module.getClass().getName(), parameter.name()));
        }
        if (parameter.defaultValue().isRequired()) {
          throw new ModuleFailure(
              "%s declares the parameter %s without a default"
                  .formatted(module.getClass().getName(), parameter.name()));
        }
        all.add(parameter);
      }
    }
    return List.copyOf(all);
  }
}
