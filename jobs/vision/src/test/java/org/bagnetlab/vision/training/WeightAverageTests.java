package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeightAverageTests {

  private static float[] mean(WeightAverage average) {
    return Objects.requireNonNull(average.weights().get("w"));
  }

  @Test
  void theAverageOfAConstantIsTheConstant() {
    WeightAverage average = new WeightAverage(0.999);
    float[] constant = {0.1f, -3.7e-5f, 1e20f, 0};
    for (int steps = 8; steps <= 800; steps += 8) {
      average.update(Map.of("w", constant.clone()), steps);
      assertThat(mean(average)).isEqualTo(constant);
    }
  }

  @Test
  void itFollowsTheWeightsAsTheDecaySays() {
    WeightAverage average = new WeightAverage(0.9);
    average.update(Map.of("w", new float[] {1}), 800);
    average.update(Map.of("w", new float[] {0}), 808);
    assertThat(mean(average)[0]).isCloseTo((float) Math.pow(0.9, 8), within(1e-6f));
    average.update(Map.of("w", new float[] {0}), 816);
    assertThat(mean(average)[0]).isCloseTo((float) Math.pow(0.9, 16), within(1e-6f));
  }

  @Test
  void theFirstStepsHaveLittleWeight() {
    WeightAverage average = new WeightAverage(0.9999);
    average.update(Map.of("w", new float[] {1}), 8);
    average.update(Map.of("w", new float[] {0}), 16);
    assertThat(mean(average)[0]).isCloseTo((float) Math.pow(17.0 / 26, 8), within(1e-6f));
  }

  @Test
  void itIsRestoredFromAnOptimisersState() {
    WeightAverage average = new WeightAverage(0.9);
    average.update(Map.of("w", new float[] {1, 2}), 8);
    Map<String, float[]> state = average.with(Map.of("steps", new float[] {8}));
    assertThat(state).containsOnlyKeys("steps", "average/w", "average-steps");
    WeightAverage restored = new WeightAverage(0.9);
    restored.restore(state);
    average.update(Map.of("w", new float[] {5, 6}), 16);
    restored.update(Map.of("w", new float[] {5, 6}), 16);
    assertThat(mean(restored)).isEqualTo(mean(average));
  }

  /** As at the end of an epoch. */
  @Test
  void anUpdateCountsTheStepsSinceTheLastOne() {
    WeightAverage average = new WeightAverage(0.9);
    average.update(Map.of("w", new float[] {1}), 800);
    average.update(Map.of("w", new float[] {0}), 803);
    assertThat(mean(average)[0]).isCloseTo((float) Math.pow(0.9, 3), within(1e-6f));
  }

  /** What is kept is not changed by later steps of the network. */
  @Test
  void itCopiesTheWeights() {
    WeightAverage average = new WeightAverage(0.9);
    float[] weights = {1};
    average.update(Map.of("w", weights), 8);
    weights[0] = 7;
    assertThat(mean(average)).containsExactly(1);
  }
}
