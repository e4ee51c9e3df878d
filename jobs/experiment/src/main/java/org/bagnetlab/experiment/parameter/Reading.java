package org.bagnetlab.experiment.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The values in a request, including defaults, and its errors.
 *
 * @param values values of the valid parameters
 * @param problems one error for each invalid parameter, in order
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
        // Ignore this error: the invalid parameter has its own message.
      }
    }
    return new Reading(values, problems);
  }

  /**
   * The values, if there are no errors.
   *
   * @throws InvalidSpec the first error, if there are any
   */
  public Values complete() {
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    return values;
  }
}
