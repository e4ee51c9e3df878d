package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bagnetlab.vision.training.Schedule.Verdict;
import org.junit.jupiter.api.Test;

class ScheduleTests {

  @Test
  void theReportsCountOfToleratedEpochsIsNotSetBackByAnImprovement() {
    ReportSchedule schedule = new ReportSchedule(4e-5);
    assertThat(schedule.epochEnded(false)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(false)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(true)).isEqualTo(Verdict.CONTINUE);
    assertThat(schedule.epochEnded(false)).isEqualTo(Verdict.RESET_OPTIMISER);
    assertThat(schedule.rate(0)).isCloseTo(2e-5, within(1e-12));
  }

  @Test
  void theReportStopsAfterMoreThanFifteenEpochsInARow() {
    ReportSchedule schedule = new ReportSchedule(1);
    for (int epoch = 1; epoch <= 15; epoch++) {
      assertThat(schedule.epochEnded(false)).isNotEqualTo(Verdict.STOP);
    }
    assertThat(schedule.epochEnded(false)).isEqualTo(Verdict.STOP);
  }

  @Test
  void thePlateauRisesStaysAndFallsToZero() {
    PlateauSchedule schedule = new PlateauSchedule(1, 100);
    assertThat(schedule.rate(0)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.rate(4)).isEqualTo(1);
    assertThat(schedule.rate(59)).isEqualTo(1);
    assertThat(schedule.rate(80)).isCloseTo(0.5, within(0.01));
    assertThat(schedule.rate(99)).isLessThan(0.01);
  }
}
