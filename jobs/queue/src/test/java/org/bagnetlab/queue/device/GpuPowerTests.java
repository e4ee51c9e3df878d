package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Gpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GpuPowerTests {

  private final AtomicLong nanos = new AtomicLong(7);
  private final GpuPower power = new GpuPower(nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private static Gpu gpu(double watts, long percent) {
    return Gpus.using(OptionalDouble.of(watts), OptionalLong.of(percent));
  }

  @Test
  void aReadingHoldsUntilTheNext() {
    pass(100); // nothing is known yet
    assertThat(power.read().joules()).isEmpty();
    power.read(gpu(200, 90));
    pass(10);
    power.read(gpu(100, 50));
    pass(20);
    DeviceMeter.Reading reading = power.read();
    assertThat(reading.joules().orElseThrow()).isCloseTo(4000, within(1e-9));
    assertThat(reading.busySeconds()).isCloseTo(9 + 10, within(1e-9));
    assertThat(reading.seconds()).isCloseTo(30, within(1e-9));
  }

  @Test
  void aReadingOfAHangingDriverHoldsAMinute() {
    power.read(gpu(200, 100));
    pass(3600);
    assertThat(power.read().joules().orElseThrow()).isCloseTo(12_000, within(1e-9));
    power.read(gpu(100, 100));
    pass(10);
    assertThat(power.read().joules().orElseThrow()).isCloseTo(13_000, within(1e-9));
    assertThat(power.read().seconds()).isCloseTo(70, within(1e-9));
  }

  @Test
  void aGpuThatDoesNotReportItsPowerHasNoEnergy() {
    power.read(Gpus.using(OptionalDouble.empty(), OptionalLong.of(100)));
    pass(10);
    assertThat(power.read().joules()).isEmpty();
    assertThat(power.read().busySeconds()).isCloseTo(10, within(1e-9));
  }
}
