package org.bagnetlab.queue.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/**
 * Why something happened. The name of each kind is its code ({@link CancelledWithJob} is {@code
 * cancelled-with-job}), and the fields are the values in its sentence. Codes and fields are stored
 * and sent to clients, so they are never renamed.
 */
public sealed interface Cause {

  /** Causes without values. */
  enum Simple implements Cause {
    // Actions by users and the scheduler.
    SUBMITTED("submitted"),
    CANCEL_REQUESTED("cancelled by user"),
    PAUSE_REQUESTED("pause requested"),
    RESUMED("resumed"),
    RETRIED("requeued automatically"),
    ADVANCED("made progress; retry count reset"),
    // Reasons for which a worker ends on its own.
    COMPLETED("the worker finished"),
    STOPPED_WITH_CHECKPOINT("the worker stopped and saved a checkpoint"),
    STOPPED_WITHOUT_CHECKPOINT("the worker stopped without a checkpoint"),
    // Reasons for which the server killed a worker.
    REPORT_NOT_STORED("a worker event could not be stored, so the worker was killed"),
    STOPPED_BEFORE_PLACED("stopped before Slurm allocated resources"),
    // Events of the server.
    SERVER_STOPPED("the server was stopped"),
    SERVER_STOPPED_BEFORE_START("the server was stopped before the worker started"),
    SERVER_STOPPED_BEFORE_STORED("the server was stopped before the job's result was stored"),
    SERVER_DIED("the server died while the job was running"),
    SERVER_DIED_BEFORE_START("the server died while the job was being started"),
    MACHINE_RESTARTED("the machine was restarted while the job was running"),
    // States for which the cause of the triggering event is not enough information.
    PAUSED("paused"),
    CANCELLED_BEFORE_START("cancelled before it started"),
    // Points from which a job resumes.
    CONTINUED_AFTER_TRAINING("resumed after its training"),
    BEGUN_ANEW("restarted from the beginning"),
    // Reasons for which a sweep is held.
    HELD_BY_HAND("held by user");

    private final String sentence;

    Simple(String sentence) {
      this.sentence = sentence;
    }

    @Override
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A device started the job. */
  record Started(String device) implements Cause {}

  /** Its sweep was cancelled. */
  record CancelledWithSweep(String sweep) implements Cause {}

  /** A job that it depends on was cancelled. */
  record CancelledWithJob(long job) implements Cause {}

  /** Its sweep was resumed. */
  record ResumedWithSweep(String sweep) implements Cause {}

  /** A job that it depends on was resumed. */
  record ResumedWithJob(long job) implements Cause {}

  /** A trial waits to be compared with the others. */
  record RungReached(int epoch) implements Cause {}

  /** A trial was promoted to the next rung. */
  record Promoted(int place, int trials, int epoch) implements Cause {}

  /** A trial was stopped because others were better. */
  record Outdone(int epoch, double accuracy, int place, int trials) implements Cause {}

  /** A trial was stopped because the others had been better after as many epochs. */
  record BelowMedian(int epoch, double accuracy, double median, int trials) implements Cause {}

  /** An error; {@code error} is its code, {@code detail} its message. */
  @SuppressWarnings("JavaLangClash") // the code is stored
  record Error(String error, String detail) implements Cause {}

  /**
   * A rule found that its worker hardly used its device.
   *
   * @param share mean share of the device, in [0, 1]
   * @param milliseconds for how long
   */
  record Idle(double share, long milliseconds) implements Cause {}

  /**
   * A rule found that a training does not learn.
   *
   * @param epochs for how many epochs
   * @param loss mean training loss of the last one
   * @param classes number of classes, from which the loss of guessing follows
   */
  record Flat(int epochs, double loss, int classes) implements Cause {}

  /** The window in which its device runs jobs closed at this time of day. */
  record WindowClosed(String time) implements Cause {}

  /** The worker found that its device computes incorrectly. */
  record DeviceRefused(String detail) implements Cause {}

  /** The job needed more than its share of a GPU's memory, in bytes. */
  record OutgrewShare(long bytes, String device) implements Cause {}

  /** A worker exited without a final event; {@code detail} is the last line of its log. */
  record WorkerExited(int exitCode, Optional<String> detail) implements Cause {}

  /** A signal ended a worker. */
  record WorkerKilled(int number, String signal) implements Cause {}

  /** A worker was killed because it did not respond for this long. */
  record WorkerSilent(long milliseconds) implements Cause {}

  /** A worker was killed because it made no progress for this long. */
  record WorkerStalled(long milliseconds) implements Cause {}

  /** A worker was killed because it did not stop within this time. */
  record WorkerNotStopping(long milliseconds) implements Cause {}

  /** Slurm has not yet allocated resources for a worker. */
  record SlurmWaiting(String slurmJob) implements Cause {}

  /** Slurm has allocated resources for a worker that had to wait for them. */
  record SlurmPlaced(String slurmJob) implements Cause {}

  /** The node of a worker was lost. */
  record SlurmNodeLost(String node) implements Cause {}

  /** A worker reached the time limit of its Slurm job. */
  record SlurmTimeLimit(String node) implements Cause {}

  /** Slurm needed the resources of a worker for another job. */
  record SlurmPreempted(String node) implements Cause {}

  /** The Slurm job of a worker was cancelled. */
  record SlurmCancelled(Optional<String> node) implements Cause {}

  /** Slurm currently refuses to allocate resources. */
  record SlurmNoPlace(String detail) implements Cause {}

  /** Slurm did not respond. */
  record SlurmUnreachable(String detail) implements Cause {}

  /** The worker of a server that had died was found and killed. */
  record OrphanEnded(long process) implements Cause {}

  /** The worker of a server that had died was found and could not be killed. */
  record OrphanLeft(long process) implements Cause {}

  /** A job was paused; its worker ended for this reason. */
  record PausedAfterRun(@JsonSerialize(using = CauseJson.class) Cause end) implements Cause {}

  /** An interrupted job was cancelled. */
  record CancelledAfterInterruption(@JsonSerialize(using = CauseJson.class) Cause interruption)
      implements Cause {}

  /** A file is not usable as a point to resume from. */
  record FileLost(String file, String detail) implements Cause {}

  /** A training resumes from a saved state. */
  record Continued(int epoch, int batch) implements Cause {}

  /** The retention policy removed files of the job. */
  record FilesRemoved(String detail) implements Cause {}

  /** The job was run in another lab, as the run of that number there. */
  record Imported(String lab, long run) implements Cause {}

  /** The jobs of a sweep used as many hours of devices as it may use. */
  record BudgetUsed(double hours) implements Cause {}

  /** Too many consecutive jobs of a sweep failed. */
  record StoppedAfterFailures(int failures, long job, String detail) implements Cause {}

  /**
   * A cause together with the worker's position. It is stored as the cause's code and arguments,
   * plus the fields of the position.
   *
   * @param position empty if the worker had not reported progress
   */
  record During(Cause cause, Optional<Position> position) implements Cause {
    @Override
    public String code() {
      return cause.code();
    }
  }

  /** A part of {@link Progress}. */
  record Position(Phase phase, int epoch, int done, int total) {}

  /** The cause with this code. Throws if the code does not exist or an argument is missing. */
  static Cause of(String code, JsonNode arguments) {
    return CauseJson.read(code, arguments);
  }

  /** A cause that is a field of another one. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static Cause of(JsonNode field) {
    return of(field.path("code").asText(), field.path("arguments"));
  }

  /** All codes. */
  static Set<String> codes() {
    return CauseJson.codes();
  }

  /** The worker stopped as requested. */
  static Cause stopped(boolean checkpoint) {
    return checkpoint ? Simple.STOPPED_WITH_CHECKPOINT : Simple.STOPPED_WITHOUT_CHECKPOINT;
  }

  /** Adds the worker's progress. */
  default Cause during(Optional<Progress> progress) {
    return new During(
        this, progress.map(now -> new Position(now.phase(), now.epoch(), now.done(), now.total())));
  }

  /** The stable name by which storage and clients identify the cause. */
  default String code() {
    return CauseJson.code(getClass());
  }

  /** The values that the sentence contains, by name, as stored and sent. */
  default Map<String, Object> arguments() {
    return CauseJson.arguments(this);
  }

  /** The codes of the causes for which a sweep ends a trial: others were better. */
  static Set<String> pruning() {
    return Set.of(CauseJson.code(Outdone.class), CauseJson.code(BelowMedian.class));
  }

  /** Whether a sweep ended a trial because others were better. */
  default boolean prunes() {
    return pruning().contains(code());
  }

  /** The cause as a sentence without the final period. */
  default String text() {
    return switch (this) {
      case Simple simple -> simple.sentence;
      case Started(String device) -> "started on " + device;
      case CancelledWithSweep(String sweep) -> "cancelled with sweep " + sweep;
      case CancelledWithJob(long job) ->
          "cancelled with job %d, whose result it needs".formatted(job);
      case ResumedWithSweep(String sweep) -> "queued again with sweep " + sweep;
      case ResumedWithJob(long job) -> "queued again with job " + job;
      case RungReached(int epoch) -> "waiting after epoch %d for the other trials".formatted(epoch);
      case Promoted(int place, int trials, int epoch) ->
          "promoted: ranked %d of %d trials after epoch %d".formatted(place, trials, epoch);
      case Outdone(int epoch, double accuracy, int place, int trials) ->
          String.format(
              Locale.ROOT,
              "pruned after epoch %d: validation accuracy %.1f %%, ranked %d of %d trials",
              epoch,
              100 * accuracy,
              place,
              trials);
      case BelowMedian(int epoch, double accuracy, double median, int trials) ->
          String.format(
              Locale.ROOT,
              "pruned after epoch %d: validation accuracy %.1f %%, below the median %.1f %% of %d trials",
              epoch,
              100 * accuracy,
              100 * median,
              trials);
      case Error(_, String detail) -> detail;
      case Idle(double share, long milliseconds) ->
          String.format(
              Locale.ROOT,
              "used %.1f %% of its device for %s",
              100 * share,
              duration(milliseconds));
      case Flat(int epochs, double loss, int classes) ->
          String.format(
              Locale.ROOT,
              "has not learned for %d epochs: its training loss of %.3f is not below that of guessing"
                  + " among %d classes",
              epochs,
              loss,
              classes);
      case WindowClosed(String time) -> "its window closed at " + time;
      case DeviceRefused(String detail) -> "the device was refused: " + detail;
      case OutgrewShare(long bytes, String device) ->
          String.format(
              Locale.ROOT,
              "ran out of its share of %.1f GiB of %s; it runs again alone",
              bytes / (double) (1 << 30),
              device);
      case WorkerExited exited -> text(exited, "");
      case WorkerKilled(int number, String signal) ->
          "worker process was killed by signal %d (%s)".formatted(number, signal);
      case WorkerSilent(long milliseconds) ->
          "worker process did not respond for %s and was killed".formatted(duration(milliseconds));
      case WorkerStalled(long milliseconds) ->
          "worker process made no progress for %s and was killed".formatted(duration(milliseconds));
      case WorkerNotStopping(long milliseconds) ->
          "worker process did not stop within %s and was killed".formatted(duration(milliseconds));
      case SlurmWaiting(String job) -> "waiting for Slurm resources (Slurm job %s)".formatted(job);
      case SlurmPlaced(String job) -> "Slurm allocated resources (Slurm job %s)".formatted(job);
      case SlurmNodeLost(String node) -> "node %s was lost".formatted(node);
      case SlurmTimeLimit(String node) ->
          "the worker on %s reached its Slurm time limit".formatted(node);
      case SlurmPreempted(String node) -> "the worker on %s was preempted in Slurm".formatted(node);
      case SlurmCancelled(Optional<String> node) ->
          "the worker%s was cancelled in Slurm".formatted(node.map(" on "::concat).orElse(""));
      case SlurmNoPlace(String detail) -> "Slurm allocated no resources (%s)".formatted(detail);
      case SlurmUnreachable(String detail) -> "Slurm cannot be reached: " + detail;
      case OrphanEnded(long process) ->
          "%s; its worker process %d was killed".formatted(Simple.SERVER_DIED.sentence, process);
      case OrphanLeft(long process) ->
          "%s; its worker process %d could not be killed"
              .formatted(Simple.SERVER_DIED.sentence, process);
      case PausedAfterRun(Cause end) -> "paused: " + end.text();
      case CancelledAfterInterruption(Cause interruption) ->
          "cancelled after an interruption: " + interruption.text();
      case FileLost(String file, String detail) -> "%s is lost: %s".formatted(file, detail);
      case Continued(int epoch, int batch) ->
          "resumed in epoch %d after batch %d".formatted(epoch, batch);
      case FilesRemoved(String detail) -> "retention removed " + detail;
      case Imported(String lab, long run) ->
          "imported: run %d of lab %s".formatted(run, Origin.shortened(lab));
      case BudgetUsed(double hours) ->
          "held after it used its budget of %s device hours".formatted(Decimal.plain(hours));
      case StoppedAfterFailures(int failures, long job, String detail) ->
          "held after %d consecutive failures, the last in job %d: %s"
              .formatted(failures, job, detail);
      case During(WorkerExited exited, Optional<Position> position) -> text(exited, text(position));
      case During(Cause cause, Optional<Position> position) -> cause.text() + text(position);
    };
  }

  private static String text(WorkerExited exited, String position) {
    return "worker process exited with code %d%s%s"
        .formatted(exited.exitCode, position, exited.detail.map(": "::concat).orElse(""));
  }

  private static String text(Optional<Position> position) {
    if (position.isEmpty()) {
      return " before reporting any progress";
    }
    Position at = position.get();
    String epoch = " in epoch " + at.epoch;
    String phase = " while " + at.phase.name().toLowerCase(Locale.ROOT);
    return switch (at.phase) {
      case TRAINING -> "%s, batch %d of %d".formatted(epoch, at.done, at.total);
      case VALIDATING -> "%s,%s, %d of %d".formatted(epoch, phase, at.done, at.total);
      case PREPARING, TESTING, SCRAMBLING, EXPLAINING ->
          "%s, %d of %d".formatted(phase, at.done, at.total);
    };
  }

  private static String duration(long milliseconds) {
    Duration duration = Duration.ofMillis(milliseconds);
    long seconds = duration.toSeconds();
    if (seconds >= 60 && seconds % 60 == 0) {
      return seconds == 60 ? "1 minute" : seconds / 60 + " minutes";
    }
    return seconds > 0 ? seconds + " s" : milliseconds + " ms";
  }
}
