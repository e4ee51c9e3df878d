package org.bagnetlab.queue.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.device.DeviceMeter;
import org.bagnetlab.storage.cost.CostRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkerCostTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(5);
  private final DeviceMeter meter =
      new DeviceMeter(
          () ->
              new DeviceMeter.Reading(
                  OptionalDouble.of(250 * nanos.get() / 1e9),
                  nanos.get() / 2e9,
                  nanos.get() / 1e9));

  private WorkerCost cost() {
    return new WorkerCost(7, this::now, nanos::get, Optional.of(meter.begin()));
  }

  /** The clock on the wall, which goes as the ticker does. */
  private Instant now() {
    return NOON.plusNanos(nanos.get() - 5);
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private static Progress at(double imagesPerSecond) {
    return at(Phase.TRAINING, imagesPerSecond);
  }

  private static Progress at(Phase phase, double imagesPerSecond) {
    return new Progress(phase, 1, 2, 3, 150, imagesPerSecond, 60);
  }

  @Test
  void theLastReportIsTheCost() {
    WorkerCost cost = cost();
    pass(10);
    cost.used(new Usage(15, Optional.of(300L), Optional.empty()));
    cost.used(new Usage(31, Optional.of(400L), Optional.of(50L)));
    pass(10);
    CostRow row = cost.end();
    assertThat(row.job()).isEqualTo(7);
    assertThat(row.startedAt()).isEqualTo(NOON);
    assertThat(row.deviceSeconds()).isEqualTo(20);
    assertThat(row.processorSeconds()).contains(31.0);
    assertThat(row.peakMemory()).contains(400L);
    assertThat(row.peakDeviceMemory()).contains(50L);
    assertThat(row.joules().orElseThrow()).isCloseTo(5000, within(1e-6));
    assertThat(row.utilisation().orElseThrow()).isCloseTo(.5, within(1e-9));
  }

  @Test
  void aWorkerThatNeverReportsStillOccupiesItsDevice() {
    WorkerCost cost = new WorkerCost(7, this::now, nanos::get, Optional.empty());
    pass(90);
    assertThat(cost.end())
        .isEqualTo(
            new CostRow(
                7,
                NOON,
                90,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void theRateIsAMeanOverTimeWithoutTheTimeInWhichItIsUnknown() {
    WorkerCost cost = cost();
    pass(100);
    cost.progressed(at(0));
    pass(100);
    cost.progressed(at(40));
    pass(30);
    cost.progressed(at(80));
    pass(10);
    assertThat(cost.soFar().imagesPerSecond().orElseThrow()).isCloseTo(50, within(1e-9));
  }

  @Test
  void theRateOfATrainingIsThatOfItsTrainingOnly() {
    WorkerCost cost = cost();
    cost.progressed(at(Phase.PREPARING, 900));
    pass(50);
    cost.progressed(at(40));
    pass(10);
    cost.progressed(at(Phase.TESTING, 500));
    pass(100);
    assertThat(cost.soFar().imagesPerSecond().orElseThrow()).isCloseTo(40, within(1e-9));
    WorkerCost measurement = cost();
    measurement.progressed(at(Phase.TESTING, 500));
    pass(100);
    assertThat(measurement.soFar().imagesPerSecond().orElseThrow()).isCloseTo(500, within(1e-9));
  }

  @Test
  void timeInAnotherQueueIsNotTimeOfADevice() {
    WorkerCost cost = cost();
    pass(5);
    cost.waits();
    pass(3600);
    assertThat(cost.soFar().deviceSeconds()).isZero();
    cost.placed();
    pass(20);
    assertThat(cost.end().deviceSeconds()).isEqualTo(20);
    assertThat(cost.end().startedAt()).isEqualTo(NOON.plusSeconds(3605));
  }
}
