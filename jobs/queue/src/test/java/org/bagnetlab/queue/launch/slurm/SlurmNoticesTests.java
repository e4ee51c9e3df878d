package org.bagnetlab.queue.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
 * States and lines are those of Slurm 24.11, measured except for OUT_OF_MEMORY and the errors of
 * communication.
 */
@Timeout(10)
class SlurmNoticesTests {

  private static Optional<LauncherNotice.Ending> end(String state, String node) {
    return SlurmNotices.end(new SlurmJob(state, node, "BadConstraints"));
  }

  @ParameterizedTest
  @CsvSource({
    "NODE_FAIL, n2, node n2 was lost",
    "TIMEOUT, n2, the worker on n2 reached its Slurm time limit",
    "PREEMPTED, gpu-07, the worker on gpu-07 was preempted in Slurm",
    "CANCELLED, n1, the worker on n1 was cancelled in Slurm",
    "CANCELLED, '', the worker was cancelled in Slurm",
    "FAILED, '', Slurm allocated no resources (BadConstraints)"
  })
  void aStateExplainsAnEndFromOutside(String state, String node, String reason) {
    assertThat(end(state, node).orElseThrow())
        .isInstanceOfSatisfying(
            LauncherNotice.Lost.class, lost -> assertThat(lost.cause().text()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "COMPLETED", "RUNNING", "COMPLETING", "SUSPENDED"})
  void otherStatesExplainNothing(String state) {
    assertThat(end(state, "n1")).isEmpty();
  }

  @Test
  void exhaustedMemoryIsNamed() {
    LauncherNotice.Refused refused =
        (LauncherNotice.Refused) end("OUT_OF_MEMORY", "n1").orElseThrow();
    assertThat(refused.family()).isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(refused.code()).isEqualTo("out-of-memory");
    assertThat(
            SlurmNotices.of(
                "slurmstepd-n1: error: StepId=4.0 exceeded memory limit (314081280 > 104857600),"
                    + " being killed"))
        .contains(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "srun: error: invalid partition specified: nope, invalid partition specified: nope",
    "allocation failure: Invalid node name specified, Invalid node name specified",
    "allocation failure: Requested node configuration is not available,"
        + " Requested node configuration is not available",
    "srun: unrecognized option '--nope', unrecognized option '--nope'"
  })
  void aRefusedRequestIsAnErrorOfTheConfiguration(String error, String text) {
    LauncherNotice.Refused refused = (LauncherNotice.Refused) SlurmNotices.refused(error);
    assertThat(refused.family()).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(refused.message())
        .isEqualTo("Slurm cannot satisfy the slurm section of bagnetlab.yaml: " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocation failure: Unable to contact slurm controller (connect failure)",
        "allocation failure: Socket timed out on send/recv operation",
        "allocation failure: Zero Bytes were transmitted or received",
        "allocation failure: Protocol authentication error",
        "srun does not respond"
      })
  void anUnreachableControllerIsNoErrorOfTheConfiguration(String error) {
    assertThat(SlurmNotices.refused(error)).isInstanceOf(LauncherNotice.Unreachable.class);
  }

  /** A later attempt may be below the limit. */
  @Test
  void aLimitOfTheUserIsRetried() {
    assertThat(
            SlurmNotices.refused(
                "allocation failure: Job violates accounting/QOS policy (job submit limit, user's"
                    + " size and/or time limits)"))
        .isInstanceOf(LauncherNotice.Lost.class);
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
        "srun: Force Terminated StepId=11.0",
        "slurmstepd-n1: error: *** STEP 39.0 ON n1 CANCELLED AT 2026-11-25T16:50:02 ***",
        "srun: Required node not available (down, drained or reserved)"
      })
  void otherLinesOfSlurmAreForTheLog(String line) {
    assertThat(SlurmNotices.of(line)).contains(new LauncherNotice.Remark());
  }

  @Test
  void otherLinesAreTheWorkers() {
    assertThat(SlurmNotices.of("java.lang.IllegalStateException: Node failure on n2")).isEmpty();
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
        .containsExactlyInAnyOrder("SLURM_JOB_ID", "SLURM_NTASKS");
    assertThat(SlurmLauncher.without(Set.of("SLURM_PARTITION"))).isEmpty();
  }
}
