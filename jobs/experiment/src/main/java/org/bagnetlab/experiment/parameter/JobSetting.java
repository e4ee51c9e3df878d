package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * The value that a job has for a parameter.
 *
 * @param parameter the parameter
 * @param value in the form of a request; empty if the parameter has no value, which is a valid
 *     setting
 * @param usual whether a request without the parameter has this value
 */
public record JobSetting(Parameter<?> parameter, Optional<JsonNode> value, boolean usual) {

  /**
   * The settings on which a job's numbers depend, in the order of the parameters: all except {@link
   * Positions} and incidental parameters.
   */
  public static List<JobSetting> of(
      List<Parameter<?>> parameters, Settings chosen, Catalogue catalogue) {
    Values values = new Values(catalogue);
    List<JobSetting> settings = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      JobSetting setting = of(parameter, chosen, values);
      if (parameter.role() != ParameterRole.INCIDENTAL
          && chosen.find(parameter).filter(Positions.class::isInstance).isEmpty()) {
        settings.add(setting);
      }
    }
    return settings;
  }

  private static <T> JobSetting of(Parameter<T> parameter, Settings chosen, Values values) {
    Optional<JsonNode> request = chosen.request(parameter);
    Optional<JsonNode> usual = parameter.defaultValue().in(values).map(parameter.type()::request);
    chosen.find(parameter).ifPresent(some -> values.put(parameter, some));
    return new JobSetting(parameter, request, request.equals(usual));
  }
}
