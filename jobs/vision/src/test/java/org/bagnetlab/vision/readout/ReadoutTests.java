package org.bagnetlab.vision.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.bagnetlab.vision.network.LogitMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compared with PyTorch: see docs/checks/readouts-in-pytorch.py. */
@Timeout(60)
class ReadoutTests {

  private static List<JsonNode> cases() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(ReadoutTests.class.getResourceAsStream("/golden/readouts.json"))) {
      return StreamSupport.stream(
              new ObjectMapper().readTree(golden).path("cases").spliterator(), false)
          .toList();
    }
  }

  private static LogitMap map(JsonNode golden) {
    int[] shape = integers(golden.path("shape"));
    float[] values = new float[golden.path("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = golden.path("values").path(i).floatValue();
    }
    return new LogitMap(values, shape[0], shape[1], shape[2], shape[3]);
  }

  private static int[] integers(JsonNode node) {
    return IntStream.range(0, node.size()).map(i -> node.path(i).intValue()).toArray();
  }

  private static int[] predicted(Readout readout, LogitMap map) {
    return IntStream.range(0, map.images()).map(image -> readout.predicted(map, image)).toArray();
  }

  private static List<double[]> votes(LogitMap map) {
    return IntStream.range(0, map.images()).mapToObj(i -> Readout.votes(map, i)).toList();
  }

  @Test
  void everyReadoutSeesTheClassesThatPyTorchSees() throws IOException {
    for (JsonNode golden : cases()) {
      LogitMap map = map(golden);
      for (Readout readout : Readout.values()) {
        assertThat(predicted(readout, map))
            .as("%s of %s", readout.text(), golden.path("shape"))
            .containsExactly(integers(golden.path("predicted").path(readout.text())));
      }
    }
  }

  @Test
  void theClassifierOfVotesIsTheRegressionThatPyTorchFinds() throws IOException {
    for (JsonNode golden : cases()) {
      List<double[]> votes = votes(map(golden));
      VoteClassifier trained =
          VoteClassifier.trained(votes, integers(golden.path("labels")), () -> {});
      int classes = trained.weights().length;
      for (int i = 0; i < classes * classes; i++) {
        assertThat(trained.weights()[i / classes][i % classes])
            // Where the gradient is 1e-9, weights are within 1e-9 / PENALTY of the minimum.
            .isCloseTo(golden.path("weights").path(i).doubleValue(), within(1e-4));
      }
      assertThat(votes.stream().mapToInt(trained::predicted))
          .containsExactly(
              IntStream.of(integers(golden.path("trained"))).boxed().toArray(Integer[]::new));
    }
  }

  @Test
  void atOnePositionAllReadoutsAgree() {
    LogitMap map = random(50, 7, 1, 1);
    for (Readout readout : Readout.values()) {
      assertThat(predicted(readout, map)).isEqualTo(predicted(Readout.MEAN_LOGIT, map));
    }
  }

  /** So scrambling patch logits, unlike scrambling pixels, changes nothing. */
  @Test
  void noReadoutDependsOnTheOrderOfPositions() {
    LogitMap map = random(50, 7, 3, 4);
    LogitMap turned = new LogitMap(map.values().clone(), 50, 7, 3, 4);
    for (int i = 0; i < 50 * 7; i++) {
      for (int position = 0; position < 12; position++) {
        turned.values()[i * 12 + position] = map.values()[i * 12 + 11 - position];
      }
    }
    for (Readout readout : Readout.values()) {
      assertThat(predicted(readout, turned)).isEqualTo(predicted(readout, map));
    }
  }

  @Test
  void anOutlierMovesTheMeanButNeitherTheMedianNorTheWinsorisedMean() {
    float[] values = new float[2 * 11];
    for (int position = 0; position < 11; position++) {
      values[position] = position == 5 ? -100 : 1;
    }
    LogitMap map = new LogitMap(values, 1, 2, 1, 11);
    assertThat(Readout.MEAN_LOGIT.predicted(map, 0)).isEqualTo(1);
    assertThat(Readout.MEDIAN_LOGIT.predicted(map, 0)).isEqualTo(0);
    assertThat(Readout.WINSORISED_MEAN.predicted(map, 0)).isEqualTo(0);
  }

  @Test
  void itsTrainingCanBeStopped() {
    LogitMap map = random(5, 3, 2, 2);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                VoteClassifier.trained(
                    votes(map),
                    new int[5],
                    () -> {
                      throw new IllegalStateException();
                    }));
  }

  private static LogitMap random(int images, int classes, int height, int width) {
    Random random = new Random(3);
    float[] values = new float[images * classes * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new LogitMap(values, images, classes, height, width);
  }
}
