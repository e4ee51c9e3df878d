package org.bagnetlab.worker.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bagnetlab.protocol.Cpu;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.vision.network.EngineFacts;
import org.junit.jupiter.api.Test;

class ThisMachineTests {

  @Test
  void aProcessorHasItsModelAndItsVectorInstructions() {
    assertThat(
            ThisMachine.cpu(
                List.of(
                    "processor\t: 0",
                    "model name\t: Some Processor @ 2 GHz",
                    "flags\t\t: fpu sse4_2 avx512f fma avx2 amx_bf16 hypervisor",
                    "model name\t: The next one")))
        .isEqualTo(
            new Cpu("Some Processor @ 2 GHz", List.of("amx_bf16", "avx2", "avx512f", "fma")));
  }

  @Test
  void arm() {
    assertThat(ThisMachine.cpu(List.of("Features\t: fp asimd aes sve2 bf16")))
        .isEqualTo(new Cpu("unknown", List.of("asimd", "bf16", "sve2")));
  }

  @Test
  void theDriverIsFoundInWhatItSaysOfItself() {
    assertThat(
            ThisMachine.driver(
                List.of(
                    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5",
                    "GCC version:  gcc version 12.3.0 (Ubuntu 12.3.0-1ubuntu1~22.04)")))
        .contains("550.54.15");
    assertThat(
            ThisMachine.driver(
                List.of(
                    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release"
                        + " Build")))
        .contains("580.65.06");
    assertThat(ThisMachine.driver(List.of())).isEmpty();
  }

  @Test
  void thisProcessHasAProvenanceThoughItWasNotPackaged() {
    Provenance provenance = ThisMachine.with(new EngineFacts("engine 1", "CPU", 2, true, "fast"));
    assertThat(provenance.code().digest()).isEmpty();
    assertThat(provenance.java().orElseThrow()).startsWith(Runtime.version().toString());
    assertThat(provenance.engine().kernels()).contains("fast");
  }
}
