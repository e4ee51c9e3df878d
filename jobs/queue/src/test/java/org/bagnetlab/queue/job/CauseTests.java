package org.bagnetlab.queue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.junit.jupiter.api.Test;

/** Each cause has its code, which is stored and never changes, and its sentence. */
class CauseTests {

  private static final Optional<Progress> TRAINING =
      Optional.of(new Progress(Phase.TRAINING, 2, 3, 31, 150, 40, 60));
  private static final Optional<Progress> VALIDATING =
      Optional.of(new Progress(Phase.VALIDATING, 2, 3, 4, 10, 40, 60));
  private static final Optional<Progress> TESTING =
      Optional.of(new Progress(Phase.TESTING, 0, 3, 4, 10, 40, 60));

  private static final Map<Cause, String> SENTENCES = sentences();

  private static Map<Cause, String> sentences() {
    Map<Cause, String> all = new LinkedHashMap<>();
    all.put(Cause.of(CauseCode.SUBMITTED), "submitted");
    all.put(Cause.started("GPU 0"), "started on GPU 0");
    all.put(Cause.of(CauseCode.CANCEL_REQUESTED), "cancelled by user");
    all.put(
        Cause.cancelledWithSweep("demo"), "cancelled because of the cancellation of sweep demo");
    all.put(Cause.cancelledWithJob(7), "cancelled with job 7, whose result it needs");
    all.put(Cause.of(CauseCode.PAUSE_REQUESTED), "pause requested");
    all.put(Cause.of(CauseCode.RESUMED), "resumed");
    all.put(Cause.resumedWithSweep("demo"), "requeued on resuming sweep demo");
    all.put(Cause.resumedWithJob(7), "requeued on resuming job 7");
    all.put(Cause.of(CauseCode.RETRIED), "requeued automatically");
    all.put(Cause.of(CauseCode.ADVANCED), "made progress; retry count reset");
    all.put(Cause.rungReached(3), "waiting after epoch 3 for the other trials");
    all.put(Cause.promoted(1, 6, 3), "promoted: ranked 1 of 6 trials after epoch 3");
    all.put(
        Cause.outdone(3, 0.81249, 4, 6),
        "stopped after epoch 3: validation accuracy 0.812, ranked 4 of 6 trials");
    all.put(Cause.of(CauseCode.COMPLETED), "the worker finished");
    all.put(Cause.stopped(true), "the worker stopped and saved a checkpoint");
    all.put(Cause.stopped(false), "the worker stopped without a checkpoint");
    all.put(Cause.error("no-image", "There is no image 'x'."), "There is no image 'x'.");
    all.put(Cause.deviceRefused("its logits differ"), "the device was refused: its logits differ");
    all.put(
        Cause.workerExited(3, "Killed").during(TRAINING),
        "worker process exited with code 3 in epoch 2, batch 31 of 150: Killed");
    all.put(
        Cause.workerKilled(9, "SIGKILL").during(Optional.empty()),
        "worker process was killed by signal 9 (SIGKILL) before reporting any progress");
    all.put(
        Cause.workerSilent(Duration.ofMinutes(5)).during(VALIDATING),
        "worker process did not respond for 5 minutes and was killed in epoch 2, while validating, 4 of"
            + " 10");
    all.put(
        Cause.workerStalled(Duration.ofSeconds(90)).during(TESTING),
        "worker process made no progress for 90 s and was killed while testing, 4 of 10");
    all.put(
        Cause.workerNotStopping(Duration.ofMillis(50)),
        "worker process did not stop within 50 ms and was killed");
    all.put(
        Cause.of(CauseCode.REPORT_NOT_STORED),
        "a worker event could not be stored, so the worker was killed");
    all.put(Cause.of(CauseCode.STOPPED_BEFORE_PLACED), "stopped before Slurm allocated resources");
    all.put(Cause.slurm(false, "5"), "waiting for Slurm resources (Slurm job 5)");
    all.put(Cause.slurm(true, "5"), "Slurm allocated resources (Slurm job 5)");
    all.put(Cause.onNode(CauseCode.SLURM_NODE_LOST, "n2"), "node n2 was lost");
    all.put(
        Cause.onNode(CauseCode.SLURM_TIME_LIMIT, "n2"),
        "the worker on n2 reached its Slurm time limit");
    all.put(
        Cause.onNode(CauseCode.SLURM_PREEMPTED, "n2"), "the worker on n2 was preempted in Slurm");
    all.put(
        Cause.onNode(CauseCode.SLURM_CANCELLED, "n2"), "the worker on n2 was cancelled in Slurm");
    all.put(Cause.of(CauseCode.SLURM_CANCELLED), "the worker was cancelled in Slurm");
    all.put(Cause.said(CauseCode.SLURM_NO_PLACE, "busy"), "Slurm allocated no resources (busy)");
    all.put(Cause.said(CauseCode.SLURM_UNREACHABLE, "no"), "Slurm cannot be reached: no");
    all.put(
        Cause.of(CauseCode.SERVER_STOPPED).during(TRAINING),
        "the server was stopped in epoch 2, batch 31 of 150");
    all.put(
        Cause.of(CauseCode.SERVER_STOPPED_BEFORE_START),
        "the server was stopped before the worker started");
    all.put(
        Cause.of(CauseCode.SERVER_STOPPED_BEFORE_STORED),
        "the server was stopped before the job's result was stored");
    all.put(Cause.of(CauseCode.SERVER_DIED), "the server died while the job was running");
    all.put(
        Cause.of(CauseCode.SERVER_DIED_BEFORE_START),
        "the server died while the job was being started");
    all.put(
        Cause.of(CauseCode.MACHINE_RESTARTED),
        "the machine was restarted while the job was running");
    all.put(
        Cause.orphan(true, 99),
        "the server died while the job was running; its worker process 99 was killed");
    all.put(
        Cause.orphan(false, 99),
        "the server died while the job was running; its worker process 99 could not be killed");
    all.put(Cause.of(CauseCode.PAUSED), "paused");
    all.put(
        Cause.pausedAfterRun(Cause.stopped(true)),
        "paused: the worker stopped and saved a checkpoint");
    all.put(Cause.of(CauseCode.CANCELLED_BEFORE_START), "cancelled before it started");
    all.put(
        Cause.cancelledAfterInterruption(Cause.onNode(CauseCode.SLURM_NODE_LOST, "n2")),
        "cancelled after an interruption: node n2 was lost");
    all.put(Cause.fileLost("training-2-30", "it is short"), "training-2-30 is lost: it is short");
    all.put(Cause.continued(2, 30), "resumed in epoch 2 after batch 30");
    all.put(Cause.of(CauseCode.CONTINUED_AFTER_TRAINING), "resumed after its training");
    all.put(Cause.of(CauseCode.BEGUN_ANEW), "restarted from the beginning");
    all.put(Cause.said(CauseCode.FILES_REMOVED, "a (1 B)"), "retention removed a (1 B)");
    all.put(Cause.of(CauseCode.HELD_BY_HAND), "held by user");
    all.put(
        Cause.stoppedAfterFailures(3, 7, "It diverged."),
        "held after 3 consecutive failures, the last in job 7: It diverged.");
    all.put(new Cause(CauseCode.LEGACY, Map.of("text", "it was so")), "it was so");
    return all;
  }

  @Test
  void eachHasItsSentence() {
    SENTENCES.forEach((cause, sentence) -> assertThat(CauseText.of(cause)).isEqualTo(sentence));
    Set<CauseCode> said = SENTENCES.keySet().stream().map(Cause::code).collect(Collectors.toSet());
    assertThat(said).isEqualTo(EnumSet.allOf(CauseCode.class));
  }

  @Test
  void eachIsReadBackAsItWasStored() {
    for (Cause cause : SENTENCES.keySet()) {
      assertThat(Cause.read(cause.code().text(), cause.argumentsJson())).isEqualTo(cause);
    }
  }

  /** Databases and scripts have them. */
  @Test
  void whatIsStoredNeverChanges() {
    assertThat(Cause.outdone(3, 0.8125, 4, 6).argumentsJson())
        .isEqualTo("{\"accuracy\":0.8125,\"epoch\":3,\"place\":4,\"trials\":6}");
    assertThat(Cause.pausedAfterRun(Cause.cancelledWithJob(7)).argumentsJson())
        .isEqualTo("{\"end\":{\"code\":\"cancelled-with-job\",\"arguments\":{\"job\":7}}}");
    assertThat(SENTENCES.keySet().stream().map(cause -> cause.code().text()).distinct())
        .containsExactly(
            """
            submitted started cancel-requested cancelled-with-sweep cancelled-with-job \
            pause-requested resumed resumed-with-sweep resumed-with-job retried advanced \
            rung-reached promoted outdone completed stopped-with-checkpoint \
            stopped-without-checkpoint error device-refused worker-exited worker-killed worker-silent \
            worker-stalled worker-not-stopping report-not-stored stopped-before-placed \
            slurm-waiting slurm-placed slurm-node-lost slurm-time-limit slurm-preempted \
            slurm-cancelled slurm-no-place slurm-unreachable server-stopped \
            server-stopped-before-start server-stopped-before-stored server-died \
            server-died-before-start machine-restarted orphan-ended orphan-left paused \
            paused-after-run cancelled-before-start cancelled-after-interruption file-lost \
            continued continued-after-training begun-anew files-removed held-by-hand \
            stopped-after-failures legacy"""
                .split(" "));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CauseCode.of("never-heard-of"));
  }

  @Test
  void endlessTextIsCutBetweenCharacters() {
    String text = "a".repeat(3999) + "\uD83D\uDE00";
    assertThat(CauseText.of(Cause.error("code", text))).isEqualTo("a".repeat(3999));
  }
}
