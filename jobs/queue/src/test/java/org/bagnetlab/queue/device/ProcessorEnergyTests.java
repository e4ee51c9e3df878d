package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class ProcessorEnergyTests {

  @TempDir Path powercap;

  private Path zone(String name, String what, long microjoules) throws IOException {
    Path zone = Files.createDirectories(powercap.resolve(name));
    Files.writeString(zone.resolve("name"), what + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
    return Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
  }

  @Test
  void packagesAreAddedUpAcrossAnOverflow() throws Exception {
    Path first = zone("intel-rapl:0", "package-0", 262_143_000_000L);
    Path second = zone("intel-rapl:1", "package-1", 5_000_000);
    zone("intel-rapl:0:0", "core", 1);
    zone("intel-rapl:2", "psys", 400_000_000); // the platform contains the packages
    ProcessorEnergy energy = ProcessorEnergy.in(powercap);
    assertThat(energy.read().joules()).hasValue(0);
    Files.writeString(first, "671150\n"); // 328850 to the overflow, 671150 from zero
    Files.writeString(second, "7500000\n");
    assertThat(energy.read().joules()).hasValue(1 + 2.5);
  }

  @Test
  void aMachineWithoutCountersHasNoEnergy() {
    assertThat(ProcessorEnergy.in(powercap).read().joules()).isEmpty();
    assertThat(ProcessorEnergy.in(powercap.resolve("none")).read().joules()).isEmpty();
  }

  @Test
  void countersThatDisappearHaveNoValue() throws Exception {
    Path counter = zone("intel-rapl:0", "package-0", 1_000_000);
    ProcessorEnergy energy = ProcessorEnergy.in(powercap);
    Files.delete(counter);
    assertThat(energy.read().joules()).isEmpty();
  }
}
