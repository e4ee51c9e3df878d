package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.bagnetlab.vision.training.Schedule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTests {

  @Test
  void theReportsCountOfToleratedEpochsIsNotSetBackByAnImprovement() {
    ReportSchedule schedule = new ReportSchedule(4e-5);
    assertThat(schedule.epochEnded(0, false)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(0, false)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(0, true)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(0, false)).isEqualTo(Verdict.RESET_OPTIMISER);
    assertThat(schedule.rate(0)).isCloseTo(2e-5, within(1e-12));
  }

  @Test
  void theReportStopsAfterMoreThanFifteenEpochsInARow() {
    EarlyStopping schedule = new EarlyStopping(new ReportSchedule(1), 15);
    for (int epoch = 1; epoch <= 15; epoch++) {
      assertThat(schedule.epochEnded(0, false)).isNotEqualTo(Verdict.STOP);
    }
    assertThat(schedule.epochEnded(0, false)).isEqualTo(Verdict.STOP);
  }

  @Test
  void theTrapezoidRisesStaysAndFallsToZero() {
    WarmUp schedule = new WarmUp(RateCurve.trapezoid(1, 100), WarmUp.steps(0.05, 100));
    assertThat(schedule.rate(0)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.rate(4)).isEqualTo(1);
    assertThat(schedule.rate(59)).isEqualTo(1);
    assertThat(schedule.rate(80)).isCloseTo(0.5, within(0.01));
    assertThat(schedule.rate(99)).isLessThan(0.01);
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ScheduleTests.class.getResourceAsStream("/golden/schedules.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** Rates of PyTorch: docs/checks/schedules-in-pytorch.py. */
  @ParameterizedTest
  @ValueSource(
      strings = {"constant", "step", "cosine", "warm-up, then cosine", "one-cycle", "plateau"})
  void ratesEqualPyTorchs(String name) throws IOException {
    JsonNode golden = golden();
    double rate = golden.get("rate").asDouble();
    int batches = golden.get("batches").asInt();
    int steps = golden.get("epochs").asInt() * batches;
    int rise = golden.get("rise").asInt();
    Schedule schedule =
        switch (name) {
          case "constant" -> RateCurve.constant(rate);
          case "step" -> RateCurve.step(rate, 4 * batches);
          case "cosine" -> RateCurve.cosine(rate, 0, steps);
          case "one-cycle" -> RateCurve.oneCycle(rate, 0.3, steps);
          case "plateau" -> new PlateauSchedule(rate);
          default -> new WarmUp(RateCurve.cosine(rate, rise, steps), rise);
        };
    for (int step = 0; step < steps; step++) {
      assertThat(schedule.rate(step))
          .as("step %d", step)
          .isCloseTo(golden.get(name).get(step).asDouble(), withPercentage(1e-7));
      if ((step + 1) % batches == 0) {
        schedule.epochEnded(golden.get("accuracies").get(step / batches).asDouble(), false);
      }
    }
  }

  /** The recipes `quick` and `sgd` depend on it. */
  @Test
  void aWarmUpOfATwentiethIsTheTwentiethOfTheStepsRoundedDown() {
    for (int steps = 1; steps <= 100_000; steps++) {
      assertThat(WarmUp.steps(0.05, steps)).isEqualTo(Math.max(1, steps / 20));
    }
  }
}
