package org.bagnetlab.queue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
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
    all.put(Cause.Simple.SUBMITTED, "submitted");
    all.put(new Cause.Started("GPU 0"), "started on GPU 0");
    all.put(Cause.Simple.CANCEL_REQUESTED, "cancelled by user");
    all.put(new Cause.CancelledWithSweep("demo"), "cancelled with sweep demo");
    all.put(new Cause.CancelledWithJob(7), "cancelled with job 7, whose result it needs");
    all.put(Cause.Simple.PAUSE_REQUESTED, "pause requested");
    all.put(Cause.Simple.RESUMED, "resumed");
    all.put(new Cause.ResumedWithSweep("demo"), "queued again with sweep demo");
    all.put(new Cause.ResumedWithJob(7), "queued again with job 7");
    all.put(Cause.Simple.RETRIED, "requeued automatically");
    all.put(Cause.Simple.ADVANCED, "made progress; retry count reset");
    all.put(new Cause.RungReached(3), "waiting after epoch 3 for the other trials");
    all.put(new Cause.Promoted(1, 6, 3), "promoted: ranked 1 of 6 trials after epoch 3");
    all.put(
        new Cause.Outdone(3, 0.81249, 4, 6),
        "pruned after epoch 3: validation accuracy 81.2 %, ranked 4 of 6 trials");
    all.put(
        new Cause.BelowMedian(12, 0.31249, 0.4, 8),
        "pruned after epoch 12: validation accuracy 31.2 %, below the median 40.0 % of 8 trials");
    all.put(new Cause.Idle(.0213, 600_000), "used 2.1 % of its device for 10 minutes");
    all.put(
        new Cause.Flat(5, 2.70812, 15),
        "has not learned for 5 epochs: its training loss of 2.708 is not below that of guessing among"
            + " 15 classes");
    all.put(
        new Cause.WindowClosed("08:00").during(TRAINING),
        "its window closed at 08:00 in epoch 2, batch 31 of 150");
    all.put(Cause.Simple.COMPLETED, "the worker finished");
    all.put(Cause.stopped(true), "the worker stopped and saved a checkpoint");
    all.put(Cause.stopped(false), "the worker stopped without a checkpoint");
    all.put(new Cause.Error("no-image", "There is no image 'x'."), "There is no image 'x'.");
    all.put(
        new Cause.OutgrewShare((long) (5.3 * (1L << 30)), "GPU 0"),
        "ran out of its share of 5.3 GiB of GPU 0; it runs again alone");
    all.put(
        new Cause.DeviceRefused("its logits differ"), "the device was refused: its logits differ");
    all.put(
        new Cause.WorkerExited(3, Optional.of("Killed")).during(TRAINING),
        "worker process exited with code 3 in epoch 2, batch 31 of 150: Killed");
    all.put(
        new Cause.WorkerKilled(9, "SIGKILL").during(Optional.empty()),
        "worker process was killed by signal 9 (SIGKILL) before reporting any progress");
    all.put(
        new Cause.WorkerSilent(300_000).during(VALIDATING),
        "worker process did not respond for 5 minutes and was killed in epoch 2, while validating, 4 of"
            + " 10");
    all.put(
        new Cause.WorkerStalled(90_000).during(TESTING),
        "worker process made no progress for 90 s and was killed while testing, 4 of 10");
    all.put(
        new Cause.WorkerNotStopping(50), "worker process did not stop within 50 ms and was killed");
    all.put(
        Cause.Simple.REPORT_NOT_STORED,
        "a worker event could not be stored, so the worker was killed");
    all.put(Cause.Simple.STOPPED_BEFORE_PLACED, "stopped before Slurm allocated resources");
    all.put(new Cause.SlurmWaiting("5"), "waiting for Slurm resources (Slurm job 5)");
    all.put(new Cause.SlurmPlaced("5"), "Slurm allocated resources (Slurm job 5)");
    all.put(new Cause.SlurmNodeLost("n2"), "node n2 was lost");
    all.put(new Cause.SlurmTimeLimit("n2"), "the worker on n2 reached its Slurm time limit");
    all.put(new Cause.SlurmPreempted("n2"), "the worker on n2 was preempted in Slurm");
    all.put(new Cause.SlurmCancelled(Optional.of("n2")), "the worker on n2 was cancelled in Slurm");
    all.put(new Cause.SlurmCancelled(Optional.empty()), "the worker was cancelled in Slurm");
    all.put(new Cause.SlurmNoPlace("busy"), "Slurm allocated no resources (busy)");
    all.put(new Cause.SlurmUnreachable("no"), "Slurm cannot be reached: no");
    all.put(
        Cause.Simple.SERVER_STOPPED.during(TRAINING),
        "the server was stopped in epoch 2, batch 31 of 150");
    all.put(
        Cause.Simple.SERVER_STOPPED_BEFORE_START,
        "the server was stopped before the worker started");
    all.put(
        Cause.Simple.SERVER_STOPPED_BEFORE_STORED,
        "the server was stopped before the job's result was stored");
    all.put(Cause.Simple.SERVER_DIED, "the server died while the job was running");
    all.put(
        Cause.Simple.SERVER_DIED_BEFORE_START, "the server died while the job was being started");
    all.put(Cause.Simple.MACHINE_RESTARTED, "the machine was restarted while the job was running");
    all.put(
        new Cause.OrphanEnded(99),
        "the server died while the job was running; its worker process 99 was killed");
    all.put(
        new Cause.OrphanLeft(99),
        "the server died while the job was running; its worker process 99 could not be killed");
    all.put(Cause.Simple.PAUSED, "paused");
    all.put(
        new Cause.PausedAfterRun(Cause.stopped(true)),
        "paused: the worker stopped and saved a checkpoint");
    all.put(Cause.Simple.CANCELLED_BEFORE_START, "cancelled before it started");
    all.put(
        new Cause.CancelledAfterInterruption(new Cause.SlurmNodeLost("n2")),
        "cancelled after an interruption: node n2 was lost");
    all.put(
        new Cause.FileLost("training-2-30", "it is short"), "training-2-30 is lost: it is short");
    all.put(new Cause.Continued(2, 30), "resumed in epoch 2 after batch 30");
    all.put(Cause.Simple.CONTINUED_AFTER_TRAINING, "resumed after its training");
    all.put(Cause.Simple.BEGUN_ANEW, "restarted from the beginning");
    all.put(new Cause.FilesRemoved("a (1 B)"), "retention removed a (1 B)");
    all.put(
        new Cause.Imported("9c2f67b04d1a4e0c8f55d0a7c1b2e3f4", 12),
        "imported: run 12 of lab 9c2f67b0");
    all.put(Cause.Simple.HELD_BY_HAND, "held by user");
    all.put(new Cause.BudgetUsed(10), "held after it used its budget of 10 device hours");
    all.put(
        new Cause.StoppedAfterFailures(3, 7, "It diverged."),
        "held after 3 consecutive failures, the last in job 7: It diverged.");
    return all;
  }

  @Test
  void eachHasItsSentence() {
    SENTENCES.forEach((cause, sentence) -> assertThat(cause.text()).isEqualTo(sentence));
    assertThat(SENTENCES.keySet().stream().map(Cause::code).collect(Collectors.toSet()))
        .isEqualTo(Cause.codes());
  }

  @Test
  void eachIsReadBackAsItWasStored() throws JsonProcessingException {
    for (Cause cause : SENTENCES.keySet()) {
      assertThat(readBack(cause)).isEqualTo(cause);
    }
  }

  private static Cause readBack(Cause cause) throws JsonProcessingException {
    String stored = Json.line(cause.arguments());
    return Cause.of(cause.code(), Json.MAPPER.readTree(stored));
  }

  /** Databases and scripts have them. */
  @Test
  void whatIsStoredNeverChanges() {
    assertThat(Json.line(new Cause.Outdone(3, 0.8125, 4, 6).arguments()))
        .isEqualTo("{\"accuracy\":0.8125,\"epoch\":3,\"place\":4,\"trials\":6}");
    assertThat(Json.line(new Cause.PausedAfterRun(new Cause.CancelledWithJob(7)).arguments()))
        .isEqualTo("{\"end\":{\"code\":\"cancelled-with-job\",\"arguments\":{\"job\":7}}}");
    assertThat(SENTENCES.keySet().stream().map(Cause::code).distinct())
        .containsExactly(
            """
            submitted started cancel-requested cancelled-with-sweep cancelled-with-job \
            pause-requested resumed resumed-with-sweep resumed-with-job retried advanced \
            rung-reached promoted outdone below-median idle flat window-closed completed \
            stopped-with-checkpoint \
            stopped-without-checkpoint error outgrew-share device-refused worker-exited worker-killed worker-silent \
            worker-stalled worker-not-stopping report-not-stored stopped-before-placed \
            slurm-waiting slurm-placed slurm-node-lost slurm-time-limit slurm-preempted \
            slurm-cancelled slurm-no-place slurm-unreachable server-stopped \
            server-stopped-before-start server-stopped-before-stored server-died \
            server-died-before-start machine-restarted orphan-ended orphan-left paused \
            paused-after-run cancelled-before-start cancelled-after-interruption file-lost \
            continued continued-after-training begun-anew files-removed imported held-by-hand \
            budget-used stopped-after-failures"""
                .split(" "));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Cause.of("never-heard-of", Json.MAPPER.createObjectNode()));
  }

  @Test
  void endlessTextIsCutBetweenCharacters() {
    String text = "a".repeat(3999) + "\uD83D\uDE00";
    assertThat(new Cause.Error("code", text).arguments()).containsEntry("detail", "a".repeat(3999));
  }
}
