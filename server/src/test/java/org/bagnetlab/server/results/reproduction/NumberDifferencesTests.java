package org.bagnetlab.server.results.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;

class NumberDifferencesTests {

  private static SequencedMap<String, Double> numbers(double loss, double accuracy) {
    return RunNumbers.of(
        List.of(
            new EpochRow(1, 1e-3, 2.5, .1, 2.25, .2, true, 1.5),
            new EpochRow(2, 1e-3, loss, .3, 2, .4, true, 7)),
        List.of(
            new ResultRow(1, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(100)),
            new ResultRow(
                1, "classes", "recall", "test", "{\"class\":\"a\"}", Double.NaN, Optional.of(9))));
  }

  @Test
  void equalNumbersAreTheSameAndSoIsNaN() {
    NumberDifferences same = NumberDifferences.between(numbers(1.5, .5), numbers(1.5, .5));
    assertThat(same).isEqualTo(new NumberDifferences(12, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  void theFirstDifferenceIsTheEarliestAndTheLargestMayBeAnother() {
    NumberDifferences found =
        NumberDifferences.between(numbers(1.5, .5), numbers(Math.nextUp(1.5), .25));
    assertThat(found.differing()).isEqualTo(2);
    assertThat(found.first().orElseThrow().name()).isEqualTo("epoch 2, training loss");
    assertThat(found.first().orElseThrow().text())
        .isEqualTo("epoch 2, training loss: 1.5 and 1.5000000000000002, 2.2e-16 apart");
    assertThat(found.largest().orElseThrow().name()).isEqualTo("accuracy, test");
    assertThat(found.text()).startsWith("2 of 12 numbers differ, first epoch 2, training loss");
  }

  @Test
  void aNumberThatOneRunLacksIsADifference() {
    SequencedMap<String, Double> shorter = new LinkedHashMap<>(numbers(1.5, .5));
    shorter.remove("classes, recall, test, class a");
    NumberDifferences found = NumberDifferences.between(numbers(1.5, .5), shorter);
    assertThat(found.differing()).isEqualTo(1);
    assertThat(found.largest().orElseThrow().text())
        .isEqualTo("classes, recall, test, class a: NaN and none");
  }

  @Test
  void factsAreComparedToTheirLeaves() throws Exception {
    JsonNode a =
        Json.MAPPER.readTree(
            "{\"code\":{\"digest\":\"1\",\"modified\":true},\"instructions\":[\"avx\",\"fma\"]}");
    JsonNode b =
        Json.MAPPER.readTree("{\"code\":{\"digest\":\"2\",\"modified\":true},\"java\":\"25\"}");
    assertThat(DifferingFact.between(a, b))
        .containsExactly(
            new DifferingFact("code.digest", Optional.of("1"), Optional.of("2")),
            new DifferingFact("instructions", Optional.of("avx, fma"), Optional.empty()),
            new DifferingFact("java", Optional.empty(), Optional.of("25")));
    assertThat(DifferingFact.between(a, a)).isEmpty();
  }
}
