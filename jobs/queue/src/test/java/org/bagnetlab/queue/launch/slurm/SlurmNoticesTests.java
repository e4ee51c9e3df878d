package org.bagnetlab.queue.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.launch.LauncherNotice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lines are verbatim of srun 24.11, but for those of preemption and the kernel's OOM killer.
 */
@Timeout(10)
class SlurmNoticesTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "srun: error: Node failure on n2 | node n2 was lost",
        "slurmstepd-n2: error: *** STEP 47.0 ON n2 CANCELLED AT 2026-11-25T16:50:02 DUE TO TIME"
            + " LIMIT *** | the worker on n2 reached its Slurm time limit",
        "slurmstepd: error: *** STEP 4.0 ON gpu-07 CANCELLED AT 2026-11-25T16:50:02 DUE TO"
            + " PREEMPTION *** | the worker on gpu-07 was preempted in Slurm",
        "slurmstepd: error: *** JOB 4 ON n1 CANCELLED AT 2026-11-25T16:50:02 DUE TO NODE FAILURE,"
            + " SEE SLURMCTLD LOG FOR DETAILS *** | node n1 was lost",
        "slurmstepd-n1: error: *** STEP 39.0 ON n1 CANCELLED AT 2026-11-25T16:50:02 *** | the"
            + " worker on n1 was cancelled in Slurm",
        "srun: Job has been cancelled | the worker was cancelled in Slurm",
        "srun: Job allocation 31 has been revoked | the worker was cancelled in Slurm",
        "srun: error: Unable to allocate resources: Requested nodes are busy | Slurm allocated no resources"
            + " (Requested nodes are busy)",
      })
  void whatEndsAWorkerFromOutside(String line, String reason) {
    assertThat(SlurmNotices.of(line).orElseThrow())
        .isInstanceOfSatisfying(
            LauncherNotice.Lost.class, lost -> assertThat(lost.cause().text()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srun: error: invalid partition specified: nope",
        "srun: error: Unable to allocate resources: Invalid partition name specified",
        "srun: error: Unable to allocate resources: Requested node configuration is not available",
        "srun: error: Invalid generic resource (gres) specification",
        "srun: error: CPU count per node can not be satisfied",
        "srun: error: Memory specification can not be satisfied",
        "srun: error: Unable to allocate resources: Invalid node name specified",
        "srun: error: Unable to allocate resources: Invalid feature specification",
        "srun: error: Invalid --time specification",
        "srun: error: Invalid numeric value \"x\" for --cpus-per-task.",
        "srun: unrecognized option '--nope'",
      })
  void whatCanNeverBeGivenIsTheConfigurationsFault(String line) {
    LauncherNotice.Refused refused = (LauncherNotice.Refused) SlurmNotices.of(line).orElseThrow();
    assertThat(refused.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(refused.message())
        .contains("slurm section of bagnetlab.yaml")
        .doesNotContain("error:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slurmstepd-n1: error: StepId=4.0 exceeded memory limit (314081280 > 104857600), being"
            + " killed",
        "srun: Exceeded job memory limit",
        "slurmstepd: error: Detected 1 oom_kill event in StepId=4.0. Some of the step tasks have"
            + " been OOM Killed.",
        "srun: error: n1: task 0: Out Of Memory",
      })
  void exhaustedMemory(String line) {
    LauncherNotice.Refused refused = (LauncherNotice.Refused) SlurmNotices.of(line).orElseThrow();
    assertThat(refused.family()).isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(refused.code()).isEqualTo("out-of-memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srun: error: Unable to allocate resources: Unable to contact slurm controller (connect"
            + " failure)",
        "srun: error: s_p_parse_file: cannot stat file /nonexistent: No such file or directory,"
            + " retrying in 1sec up to 60sec",
      })
  void anAbsentControllerIsNobodysFault(String line) {
    assertThat(SlurmNotices.of(line).orElseThrow()).isInstanceOf(LauncherNotice.Unreachable.class);
  }

  @Test
  void waitingBeginsAndEnds() {
    assertThat(SlurmNotices.of("srun: job 5 queued and waiting for resources"))
        .contains(new LauncherNotice.Waiting(new Cause.SlurmWaiting("5")));
    assertThat(SlurmNotices.of("srun: job 5 has been allocated resources"))
        .contains(new LauncherNotice.Placed(new Cause.SlurmPlaced("5")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srun: error: n2: task 0: Exited with exit code 3",
        "srun: error: n2: task 0: Killed",
        "srun: Force Terminated StepId=11.0",
        "srun: Job step aborted: Waiting up to 5 seconds for job step to finish.",
      })
  void whatRepeatsTheStatusIsAside(String line) {
    assertThat(SlurmNotices.of(line)).contains(new LauncherNotice.Echo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.IllegalStateException: Node failure on n2",
        "srun: error: Unable to create step for job 3: Invalid job id specified",
        "srun: Required node not available (down, drained or reserved)",
      })
  void theRestSaysNothing(String line) {
    assertThat(SlurmNotices.of(line)).isEmpty();
  }

  @Test
  void aMissingDirectoryIsNamedWithItsNode() {
    LauncherNotice.Refused refused =
        (LauncherNotice.Refused) SlurmNotices.of("bagnetlab: n2 has no /data/my lab").orElseThrow();
    assertThat(refused.message()).startsWith("Node n2 has no /data/my lab: ");
  }

  @Test
  void theAllocationOfTheServerIsNotThatOfItsWorkers() {
    Set<String> within = Set.of("SLURM_JOB_ID", "SLURM_NTASKS", "SLURM_CONF", "HOME");
    assertThat(SlurmLauncher.without(within))
        .containsExactlyInAnyOrder("SLURM_JOB_ID", "SLURM_NTASKS", "OPENBLAS_CORETYPE");
    assertThat(SlurmLauncher.without(Set.of("SLURM_PARTITION")))
        .containsExactly("OPENBLAS_CORETYPE");
  }
}
