package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockingTests {

  /** Up to 100 x 100 x 100 OpenBLAS takes its kernels for small matrices. */
  @ParameterizedTest
  @CsvSource({"1, 1", "15, 2048", "32, 128", "64, 64", "64, 4608", "1000, 2048", "2048, 1024"})
  void piecesAreSmall(int outputs, int inputs) {
    int columns = Blocking.SMALL.columns(outputs);
    int depth = Blocking.SMALL.depth(inputs);
    int rows = Blocking.SMALL.rows(columns, depth);

    assertThat((long) rows * columns * depth).isLessThanOrEqualTo(1_000_000);
    assertThat(depth).isLessThanOrEqualTo(320);
    assertThat(rows).isGreaterThanOrEqualTo(48);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 576, 1000, 2048})
  void panelsAreEquallyWide(int outputs) {
    for (Blocking blocking : Blocking.values()) {
      int panel = blocking.panel(outputs);
      int panels = (outputs + panel - 1) / panel;
      assertThat(outputs - (panels - 1) * panel).isGreaterThan(panel / 2);
    }
  }

  @Test
  void itFollowsTheKernelsThatOpenBlasIsToldToTake() {
    assertThat(Blocking.of(Map.of())).isEqualTo(Blocking.LARGE);
    assertThat(Blocking.of(Map.of("OPENBLAS_CORETYPE", "Haswell"))).isEqualTo(Blocking.LARGE);
    assertThat(Blocking.of(Map.of("OPENBLAS_CORETYPE", "SkylakeX"))).isEqualTo(Blocking.SMALL);
  }
}
