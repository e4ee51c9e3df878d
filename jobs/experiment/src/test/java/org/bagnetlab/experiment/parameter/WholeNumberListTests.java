package org.bagnetlab.experiment.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberListTests {

  private static WholeNumbers read(String text) {
    ObjectNode request = Json.MAPPER.createObjectNode().put("grids", text);
    return new WholeNumberList(1, 64).read(Fields.of(request), "grids", new Values()).orElseThrow();
  }

  @Test
  void areSortedAndEachIsThereOnce() {
    assertThat(read("8,2, 4,2").values()).containsExactly(2, 4, 8);
    assertThat(read("8,2, 4,2").text()).isEqualTo("2, 4, 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2,", "2 4", "four", "2;4", "-2", "99999999999"})
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("grids must be whole numbers separated by commas")
        .matches(refusal -> refusal.field().equals("grids"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2, 65"})
  void numbersOutsideOfTheRangeAreRefused(String text) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("grids must be from 1 to 64, not ");
  }
}
