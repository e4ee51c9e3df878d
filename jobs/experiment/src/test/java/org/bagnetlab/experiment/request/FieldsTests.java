package org.bagnetlab.experiment.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldsTests {

  private static final List<String> MANY =
      IntStream.range(0, 20).mapToObj(i -> "network-" + (char) ('a' + i)).toList();

  @Test
  void aMistypedNameIsToldFromAnUnknownOne() {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> Fields.oneOf("architecture", "bagnet8", List.of("resnet50", "bagnet9")))
        .withMessage("There is no architecture 'bagnet8'. Did you mean bagnet9?");
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> Fields.oneOf("architecture", "vit", List.of("resnet50", "bagnet9")))
        .withMessage("There is no architecture 'vit'. Known: resnet50, bagnet9.");
  }

  @Test
  void aSentenceListsTheFirstOfManyNames() {
    assertThat(Fields.listed(MANY))
        .startsWith("network-a, network-b, ")
        .endsWith(", network-l and 8 more");
    assertThat(Fields.listed(List.of("one", "two"))).isEqualTo("one, two");
  }
}
