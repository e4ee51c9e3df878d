package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.Test;

class ByPositionTests {

  private static ResultJson result(long job, String output, String axes) {
    return ResultJson.of(
        new ResultRow(job, output, "accuracy", "test", axes, .5, Optional.of(8)),
        "occlusion",
        Optional.of(1L),
        Optional.empty());
  }

  @Test
  void numbersOnAnAxisAreNotTexts() {
    List<ResultJson> ordered =
        List.of(
            result(2, "a", "{}"),
            result(2, "a", "{\"tiles\":2}"),
            result(2, "a", "{\"tiles\":10}"),
            result(2, "b", "{\"share\":0.25,\"tiles\":9}"),
            result(2, "b", "{\"share\":0.5,\"tiles\":1}"),
            result(2, "b", "{\"share\":0.5,\"tiles\":2}"),
            result(2, "c", "{\"class\":\"coast\"}"),
            result(2, "c", "{\"class\":\"forest\"}"),
            result(10, "a", "{}"));
    List<ResultJson> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));
    shuffled.sort(new ByPosition());
    assertThat(shuffled).isEqualTo(ordered);
  }
}
