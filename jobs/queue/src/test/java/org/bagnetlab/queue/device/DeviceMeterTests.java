package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DeviceMeterTests {

  private double joules;
  private double busy;
  private double seconds;

  private final DeviceMeter meter =
      new DeviceMeter(() -> new DeviceMeter.Reading(OptionalDouble.of(joules), busy, seconds));

  private void pass(double duration, double watts, double utilisation) {
    joules += watts * duration;
    busy += utilisation * duration;
    seconds += duration;
  }

  @Test
  void aWorkerHasTheEnergyOfItsTime() {
    pass(10, 50, 0);
    DeviceMeter.Use use = meter.begin();
    pass(10, 200, .5);
    pass(30, 100, 1);
    assertThat(use.joules()).hasValue(5000);
    assertThat(use.utilisation().orElseThrow()).isCloseTo(35. / 40, within(1e-12));
    use.end();
    pass(10, 300, 1);
    assertThat(use.joules()).hasValue(5000);
  }

  @Test
  void workersAtTheSameTimeShareTheEnergyButNotTheUtilisation() {
    DeviceMeter.Use first = meter.begin();
    pass(10, 100, .2);
    DeviceMeter.Use second = meter.begin();
    pass(10, 300, .8);
    first.end();
    pass(10, 100, .4);
    second.end();
    assertThat(first.joules()).hasValue(1000 + 1500);
    assertThat(second.joules()).hasValue(1500 + 1000);
    assertThat(first.utilisation().orElseThrow()).isCloseTo(.5, within(1e-12));
    assertThat(second.utilisation().orElseThrow()).isCloseTo(.6, within(1e-12));
  }

  /** Whatever workers begin and end: together they have the energy of the time with any worker. */
  @Test
  void noEnergyIsLostOrCountedTwice() {
    Random random = new Random(3);
    List<DeviceMeter.Use> uses = new ArrayList<>();
    List<DeviceMeter.Use> running = new ArrayList<>();
    double used = 0;
    for (int i = 0; i < 2000; i++) {
      if (running.isEmpty() || (random.nextInt(3) > 0 && running.size() < 8)) {
        DeviceMeter.Use use = meter.begin();
        uses.add(use);
        running.add(use);
      } else {
        running.remove(random.nextInt(running.size())).end();
      }
      double duration = random.nextDouble();
      double watts = 300 * random.nextDouble();
      pass(duration, watts, random.nextDouble());
      used += running.isEmpty() ? 0 : duration * watts;
    }
    double sum = uses.stream().mapToDouble(use -> use.joules().orElse(0)).sum();
    assertThat(sum).isCloseTo(used, within(1e-6));
  }

  @Test
  void nothingIsKnownOfADeviceThatTellsNothing() {
    DeviceMeter.Use use = DeviceMeter.none().begin();
    use.end();
    assertThat(use.joules()).isEmpty();
    assertThat(use.utilisation()).isEmpty();
  }
}
