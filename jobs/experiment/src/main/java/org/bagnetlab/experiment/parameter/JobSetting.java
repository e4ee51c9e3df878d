package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * What a job has chosen for a parameter.
 *
 * @param parameter what was to be chosen
 * @param value in the form of a request; empty: it has none, which means something
 * @param usual whether a request without the parameter has this value
 */
public record JobSetting(Parameter<?> parameter, Optional<JsonNode> value, boolean usual) {

  /**
   * What a job has chosen, in the order of the parameters. What lists {@link Positions} is left
   * out.
   *
   * @param specification of the job, with a component of the name of each parameter
   */
  public static List<JobSetting> of(
      List<Parameter<?>> parameters, Record specification, Catalogue catalogue) {
    Values values = new Values(catalogue);
    List<JobSetting> settings = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      Optional<?> value = Settings.component(specification, parameter.name());
      JobSetting setting = of(parameter, value, values);
      if (value.filter(Positions.class::isInstance).isEmpty()) {
        settings.add(setting);
      }
    }
    return settings;
  }

  private static <T> JobSetting of(Parameter<T> parameter, Optional<?> value, Values values) {
    @SuppressWarnings("unchecked") // the component of the parameter's name has its type
    Optional<T> chosen = (Optional<T>) value;
    Optional<JsonNode> request = chosen.map(parameter.type()::request);
    Optional<JsonNode> usual = parameter.defaultValue().in(values).map(parameter.type()::request);
    chosen.ifPresent(some -> values.put(parameter, some));
    return new JobSetting(parameter, request, request.equals(usual));
  }
}
