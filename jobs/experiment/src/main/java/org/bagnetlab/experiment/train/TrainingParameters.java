package org.bagnetlab.experiment.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bagnetlab.experiment.ModuleFailure;
import org.bagnetlab.experiment.Modules;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * Parameters that a module adds to trainings, found as a service of this type. Each needs a default
 * and, since trainings were stored without it, the value that they had: see {@link
 * Parameter#before(Object)}.
 */
public interface TrainingParameters {

  /** Each after the parameters that its bounds and default depend on. */
  List<Parameter<?>> parameters();

  /**
   * These parameters and those of all modules.
   *
   * @throws ModuleFailure if one of a module has a name that is taken, or says nothing of trainings
   *     that were stored without it
   */
  static List<Parameter<?>> with(List<Parameter<?>> own) {
    List<Parameter<?>> all = new ArrayList<>(own);
    Set<String> names = new HashSet<>();
    own.forEach(parameter -> names.add(parameter.name()));
    for (TrainingParameters module :
        Modules.services(TrainingParameters.class, TrainingParameters::parameters)) {
      for (Parameter<?> parameter : module.parameters()) {
        if (!names.add(parameter.name())) {
          throw new ModuleFailure(
              "%s declares the parameter %s, which trainings have already"
                  .formatted(module.getClass().getName(), parameter.name()));
        }
        if (parameter.before().isEmpty() || parameter.defaultValue().isRequired()) {
          throw new ModuleFailure(
              "%s declares the parameter %s without a default and the value before it"
                  .formatted(module.getClass().getName(), parameter.name()));
        }
        all.add(parameter);
      }
    }
    return List.copyOf(all);
  }
}
