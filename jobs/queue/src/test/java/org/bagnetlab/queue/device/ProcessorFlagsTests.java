package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bagnetlab.protocol.Precision;
import org.junit.jupiter.api.Test;

class ProcessorFlagsTests {

  @Test
  void productsOfBfloat16AreAFlagOfItsOwn() {
    assertThat(
            ProcessorFlags.multiplyBfloat16(
                Stream.of("model name\t: X", "flags\t\t: fma avx512_bf16 sse2")))
        .isTrue();
    assertThat(ProcessorFlags.multiplyBfloat16(Stream.of("flags\t\t: fma avx512f"))).isFalse();
    assertThat(ProcessorFlags.multiplyBfloat16(Stream.of("Features\t: bf16"))).isFalse();
  }

  @Test
  void precisionsDependOnTheEngineAndOnTheProcessor() {
    DeviceSlot cpu = new DeviceSlot("CPU", "cpu", 2);
    assertThat(cpu.lacks(Precision.FP32)).isEmpty();
    assertThat(cpu.lacks(Precision.TF32)).get().asString().contains("no tf32");
    assertThat(cpu.lacks(Precision.BF16).isEmpty()).isEqualTo(ProcessorFlags.multiplyBfloat16());
    assertThat(new DeviceSlot("CPU", "torch", 2).lacks(Precision.TF32)).isEmpty();
    assertThat(new DeviceSlot("GPU", "cuda", 2).lacks(Precision.BF16)).isPresent();
    assertThat(cpu.lacks(Precision.BF16).stream())
        .allMatch(reason -> reason.contains("AVX512-BF16"));
  }

  @Test
  void networksTrainedInBfloat16AreEvaluatedInFloat32OnAnyCpu() {
    DeviceSlot cpu = new DeviceSlot("CPU", "cpu", 2);
    assertThat(cpu.evaluates(Precision.BF16)).isTrue();
    assertThat(cpu.evaluates(Precision.TF32)).isFalse();
    assertThat(new DeviceSlot("GPU", "cuda", 2).evaluates(Precision.BF16)).isFalse();
    assertThat(new DeviceSlot("GPU", "torch-cuda", 2).evaluates(Precision.TF32)).isTrue();
  }
}
