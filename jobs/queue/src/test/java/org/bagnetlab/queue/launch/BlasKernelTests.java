package org.bagnetlab.queue.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlasKernelTests {

  private static final String WIDE = "avx512f avx512dq avx512cd avx512bw avx512vl";

  private static List<String> processor(String vendor, String flags) {
    return List.of(
        "processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: fpu avx avx2 fma " + flags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AuthenticAMD", "GenuineIntel"})
  void processorsWithAllOfAvx512UseIt(String vendor) {
    assertThat(BlasKernel.environment(processor(vendor, WIDE)))
        .isEqualTo(Map.of("OPENBLAS_CORETYPE", "SkylakeX"));
  }

  /** Without the instructions the kernel would crash. */
  @ParameterizedTest
  @ValueSource(strings = {"", "avx512f avx512cd"})
  void othersKeepTheirKernel(String flags) {
    assertThat(BlasKernel.environment(processor("AuthenticAMD", flags))).isEmpty();
  }

  @Test
  void nothingIsChosenForWhatIsUnknown() {
    assertThat(BlasKernel.environment(List.of())).isEmpty();
  }

  @Test
  void anEnvironmentWithOtherKernelsIsWarnedOf() {
    List<String> wide = processor("AuthenticAMD", WIDE);
    Map<String, String> haswell = Map.of("OPENBLAS_CORETYPE", "Haswell");
    assertThat(BlasKernel.warning(haswell, wide))
        .hasValueSatisfying(
            warning -> assertThat(warning).startsWith("OPENBLAS_CORETYPE is 'Haswell'"));
    assertThat(BlasKernel.warning(haswell, processor("AuthenticAMD", ""))).isEmpty();
    assertThat(BlasKernel.warning(Map.of(), wide)).isEmpty();
    assertThat(BlasKernel.warning(Map.of("OPENBLAS_CORETYPE", "SKYLAKEX"), wide)).isEmpty();
  }
}
