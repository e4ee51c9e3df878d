package org.bagnetlab.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.json.JobCostJson;
import org.bagnetlab.storage.cost.JobCostRow;
import org.junit.jupiter.api.Test;

class CostTextTests {

  private static JobCostRow row(long job, double seconds, Optional<Double> joules) {
    return new JobCostRow(
        job,
        seconds,
        Optional.of(2 * seconds),
        Optional.of(751_052_800L + job),
        Optional.of(2_147_483_648L),
        joules,
        Optional.of(.874),
        Optional.of(43.46));
  }

  @Test
  void theCostOfAJobIsOneLine() {
    assertThat(CostText.of(JobCostJson.of(row(1, 7500, Optional.of(2_700_000.0)))))
        .isEqualTo(
            "2 h 05 min of device time, 4 h 10 min of processor time, at most 751 MB of memory,"
                + " at most 2.1 GB of GPU memory, 750 Wh, GPU used to 87 %, 43.5 images/s");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(
            CostText.of(
                new JobCostJson(
                    44.77,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())))
        .isEqualTo("44.8 s of device time");
  }

  @Test
  void sumsSayOfHowManyJobsTheEnergyIsKnown() {
    List<JobCostRow> all =
        List.of(row(1, 36_000, Optional.of(7_200_000.0)), row(2, 15_120, Optional.of(3.96e6)));
    assertThat(CostText.of(CostSumJson.of(all)))
        .isEqualTo("14.2 device hours, 28.4 processor hours, 3.1 kWh");
    List<JobCostRow> some = List.of(all.getFirst(), row(2, 15_120, Optional.empty()));
    assertThat(CostText.of(CostSumJson.of(some)))
        .isEqualTo(
            "14.2 device hours, 28.4 processor hours, 2 kWh (of 1 of 2 jobs; the others' energy is"
                + " unknown)");
    assertThat(CostSumJson.of(all).peakMemoryBytes()).contains(751_052_802L);
  }

  @Test
  void noJobsCostNothing() {
    assertThat(CostSumJson.of(List.of()))
        .isEqualTo(
            new CostSumJson(
                0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0));
  }
}
