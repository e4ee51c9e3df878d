package org.bagnetlab.experiment.train;

import java.util.List;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * Parameters that a module adds to trainings, found as a service of this type. Each needs a default
 * and, since trainings were stored without it, the value that they had: see {@link
 * Parameter#before(Object)}.
 */
public interface TrainingParameters {

  /** Each after those that its bounds and default depend on. */
  List<Parameter<?>> parameters();
}
