package org.bagnetlab.experiment.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The values in a request, complete with defaults, and what is wrong with it.
 *
 * @param values of the parameters, those without a problem
 * @param problems one for each parameter that is wrong, in their order
 */
public record Reading(Values values, List<InvalidSpec> problems) {

  /** Reads parameters in their order. */
  public static Reading of(Fields fields, List<Parameter<?>> parameters, Catalogue catalogue) {
    Values values = new Values(catalogue);
    List<InvalidSpec> problems = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      try {
        parameter.read(fields, values);
      } catch (InvalidSpec wrong) {
        problems.add(wrong);
        parameter.readDefault(values);
      } catch (NoSuchElementException dependsOnWhatIsWrong) {
        // That one has its own message.
      }
    }
    return new Reading(values, problems);
  }

  /**
   * The values, if nothing is wrong.
   *
   * @throws InvalidSpec the first problem
   */
  public Values complete() {
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    return values;
  }
}
