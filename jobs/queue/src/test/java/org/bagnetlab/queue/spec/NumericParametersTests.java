package org.bagnetlab.queue.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lists and plots take for a number is one in requests. */
class NumericParametersTests {

  private static final Set<String> NUMBERS = Set.of("integer", "number");

  static Stream<Experiment<?>> all() {
    return Experiments.all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theTypesOfNumbersAreThoseWhoseSchemaIsANumber(Experiment<?> experiment) {
    for (Parameter<?> parameter : experiment.parameters()) {
      JsonNode schema = parameter.type().schema(new Values(new SmallCatalogue()));
      // The id of a run that a training starts from names a regime, and is no quantity.
      boolean names = schema.path("format").asText().equals("starting-run");
      assertThat(parameter.type().isNumber())
          .as(parameter.name())
          .isEqualTo(NUMBERS.contains(schema.path("type").asText()) && !names);
    }
  }
}
