package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkerLocationTests {

  @Test
  void aDeviceOfSlurmsHasItsNodeAndJob() {
    assertThat(WorkerLocation.of("CPU", Map.of("SLURMD_NODENAME", "n2", "SLURM_JOB_ID", "7")))
        .isEqualTo("CPU on n2 (Slurm job 7)");
    assertThat(WorkerLocation.of("CPU", Map.of("HOME", "/root"))).isEqualTo("CPU");
  }
}
