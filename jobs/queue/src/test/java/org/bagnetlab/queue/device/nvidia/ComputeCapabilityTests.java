package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ComputeCapabilityTests {

  private static ComputeCapability of(String text) {
    return ComputeCapability.parse(text).orElseThrow();
  }

  /** All that could be, in ascending order. */
  private static List<ComputeCapability> all() {
    return IntStream.range(0, 200).mapToObj(i -> new ComputeCapability(i / 10, i % 10)).toList();
  }

  @Test
  void textsAreReadAsTheyAreWritten() {
    assertThat(all()).allSatisfy(it -> assertThat(of(it.toString())).isEqualTo(it));
    assertThat(of(" 8.6 ")).isEqualTo(new ComputeCapability(8, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8.", ".6", "8.6.1", "8,6", "-8.6", "[N/A]", "99999999999.0"})
  void whatIsNoneIsNone(String text) {
    assertThat(ComputeCapability.parse(text)).isEmpty();
  }

  /** As numbers, not as texts or decimals: 12.0 is newer than 9.0, and 8.10 than 8.9. */
  @Test
  void newerOnesAreGreater() {
    assertThat(all()).isSorted();
    assertThat(of("12.0")).isGreaterThan(of("9.0"));
    assertThat(of("8.10")).isGreaterThan(of("8.9"));
  }

  @Test
  void keplersAreKnownByName() {
    assertThat(Kepler.computeCapability("Tesla K80")).isEqualTo(Optional.of(of("3.7")));
    assertThat(Kepler.computeCapability("Tesla K40c")).isEqualTo(Optional.of(of("3.5")));
    assertThat(Kepler.computeCapability("Tesla K20Xm")).isEqualTo(Optional.of(of("3.5")));
    assertThat(Kepler.computeCapability("Quadro P4000")).isEmpty();
  }
}
