package org.bagnetlab.queue.job;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Creates the English texts of causes; the only place that does. */
public final class CauseText {

  private final Cause cause;

  private CauseText(Cause cause) {
    this.cause = cause;
  }

  /** The cause as a sentence without the final period. */
  public static String of(Cause cause) {
    CauseText text = new CauseText(cause);
    return text.words() + text.position() + text.quote();
  }

  private String words() {
    return switch (cause.code()) {
      case SUBMITTED -> "submitted";
      case STARTED -> "started on " + text("device");
      case CANCEL_REQUESTED -> "cancelled by user";
      case CANCELLED_WITH_SWEEP ->
          "cancelled because of the cancellation of sweep " + text("sweep");
      case CANCELLED_WITH_JOB ->
          "cancelled with job %s, whose result it needs".formatted(text("job"));
      case PAUSE_REQUESTED -> "pause requested";
      case RESUMED -> "resumed";
      case RESUMED_WITH_SWEEP -> "requeued on resuming sweep " + text("sweep");
      case RESUMED_WITH_JOB -> "requeued on resuming job " + text("job");
      case RETRIED -> "requeued automatically";
      case ADVANCED -> "made progress; retry count reset";
      case RUNG_REACHED -> "waiting after epoch %s for the other trials".formatted(text("epoch"));
      case PROMOTED ->
          "promoted: ranked %s of %s trials after epoch %s"
              .formatted(text("place"), text("trials"), text("epoch"));
      case OUTDONE ->
          "stopped after epoch %s: validation accuracy %s, ranked %s of %s trials"
              .formatted(text("epoch"), text("accuracy"), text("place"), text("trials"));
      case COMPLETED -> "the worker finished";
      case STOPPED_WITH_CHECKPOINT -> "the worker stopped and saved a checkpoint";
      case STOPPED_WITHOUT_CHECKPOINT -> "the worker stopped without a checkpoint";
      case ERROR -> text("detail");
      case WORKER_EXITED -> "worker process exited with code " + text("exitCode");
      case WORKER_KILLED ->
          "worker process was killed by signal %s (%s)".formatted(text("number"), text("signal"));
      case WORKER_SILENT ->
          "worker process did not respond for %s and was killed".formatted(duration());
      case WORKER_STALLED ->
          "worker process made no progress for %s and was killed".formatted(duration());
      case WORKER_NOT_STOPPING ->
          "worker process did not stop within %s and was killed".formatted(duration());
      case REPORT_NOT_STORED -> "a worker event could not be stored, so the worker was killed";
      case STOPPED_BEFORE_PLACED -> "stopped before Slurm allocated resources";
      case SLURM_WAITING ->
          "waiting for Slurm resources (Slurm job %s)".formatted(text("slurmJob"));
      case SLURM_PLACED -> "Slurm allocated resources (Slurm job %s)".formatted(text("slurmJob"));
      case SLURM_NODE_LOST -> "node %s was lost".formatted(text("node"));
      case SLURM_TIME_LIMIT ->
          "the worker on %s reached its Slurm time limit".formatted(text("node"));
      case SLURM_PREEMPTED -> "the worker on %s was preempted in Slurm".formatted(text("node"));
      case SLURM_CANCELLED -> "the worker%s was cancelled in Slurm".formatted(onNode());
      case SLURM_NO_PLACE -> "Slurm allocated no resources (%s)".formatted(text("detail"));
      case SLURM_UNREACHABLE -> "Slurm cannot be reached: " + text("detail");
      case DEVICE_REFUSED -> "the device was refused: " + text("detail");
      case SERVER_STOPPED -> "the server was stopped";
      case SERVER_STOPPED_BEFORE_START -> "the server was stopped before the worker started";
      case SERVER_STOPPED_BEFORE_STORED ->
          "the server was stopped before the job's result was stored";
      case SERVER_DIED -> "the server died while the job was running";
      case SERVER_DIED_BEFORE_START -> "the server died while the job was being started";
      case MACHINE_RESTARTED -> "the machine was restarted while the job was running";
      case ORPHAN_ENDED ->
          "the server died while the job was running; its worker process %s was killed"
              .formatted(text("process"));
      case ORPHAN_LEFT ->
          "the server died while the job was running; its worker process %s could not be killed"
              .formatted(text("process"));
      case PAUSED -> "paused";
      case PAUSED_AFTER_RUN -> "paused: " + nested("end");
      case CANCELLED_BEFORE_START -> "cancelled before it started";
      case CANCELLED_AFTER_INTERRUPTION ->
          "cancelled after an interruption: " + nested("interruption");
      case FILE_LOST -> "%s is lost: %s".formatted(text("file"), text("detail"));
      case CONTINUED ->
          "resumed in epoch %s after batch %s".formatted(text("epoch"), text("batch"));
      case CONTINUED_AFTER_TRAINING -> "resumed after its training";
      case BEGUN_ANEW -> "restarted from the beginning";
      case FILES_REMOVED -> "retention removed " + text("detail");
      case HELD_BY_HAND -> "held by user";
      case STOPPED_AFTER_FAILURES ->
          "held after %s consecutive failures, the last in job %s: %s"
              .formatted(text("failures"), text("job"), text("detail"));
      case LEGACY -> text("text");
    };
  }

  private Optional<Object> argument(String name) {
    return Optional.ofNullable(cause.arguments().get(name));
  }

  private String text(String name) {
    Object value = argument(name).orElse("?");
    return value instanceof Double fraction
        ? String.format(Locale.ROOT, "%.3f", fraction)
        : String.valueOf(value);
  }

  private String nested(String name) {
    return argument(name).map(nested -> of((Cause) nested)).orElse("?");
  }

  private String onNode() {
    return argument("node").map(node -> " on " + node).orElse("");
  }

  private String duration() {
    return argument("milliseconds").map(value -> text(Duration.ofMillis((Long) value))).orElse("?");
  }

  /** A readable duration. */
  private static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 60 && seconds % 60 == 0) {
      return seconds == 60 ? "1 minute" : seconds / 60 + " minutes";
    }
    return seconds > 0 ? seconds + " s" : duration.toMillis() + " ms";
  }

  /** The worker's progress, if the cause contains it. */
  private String position() {
    String phase = String.valueOf(argument("phase").orElse(""));
    return switch (phase) {
      case "" -> "";
      case Cause.NO_PROGRESS -> " before reporting any progress";
      case "training" ->
          " in epoch %s, batch %s of %s".formatted(text("epoch"), text("done"), text("total"));
      case "validating" ->
          " in epoch %s, while validating, %s of %s"
              .formatted(text("epoch"), text("done"), text("total"));
      default -> " while %s, %s of %s".formatted(phase, text("done"), text("total"));
    };
  }

  /** Appends the last line that a worker wrote. */
  private String quote() {
    return cause.code() == CauseCode.WORKER_EXITED
        ? argument("detail").map(detail -> ": " + detail).orElse("")
        : "";
  }
}
