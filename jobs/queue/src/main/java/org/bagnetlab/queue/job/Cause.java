package org.bagnetlab.queue.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/**
 * Why something happened: a code, which the program uses for decisions, and the arguments of its
 * text. {@link CauseText} creates the text when it is shown.
 *
 * @param code what happened
 * @param arguments by name: texts, whole numbers, fractions, or another cause
 */
public record Cause(CauseCode code, Map<String, Object> arguments) {

  /** Limits messages of the system, a worker or Slurm, which may be very long. */
  private static final int LONGEST_TEXT = 4000;

  private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

  /** The phase of a worker that has not reported progress. */
  static final String NO_PROGRESS = "none";

  public Cause {
    Map<String, Object> own = new TreeMap<>();
    arguments.forEach((name, value) -> own.put(name, normal(value)));
    arguments = Collections.unmodifiableMap(own);
  }

  /** A cause without arguments. */
  public static Cause of(CauseCode code) {
    return new Cause(code, Map.of());
  }

  /** As it was stored. */
  public static Cause read(String code, String arguments) {
    try {
      return new Cause(CauseCode.of(code), Json.MAPPER.readValue(arguments, ARGUMENTS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot parse stored cause: " + arguments, e);
    }
  }

  /** The arguments in their stored form. */
  public String argumentsJson() {
    return Json.line(arguments);
  }

  /** JSON has only one type of integers and of fractions, and nested causes are objects. */
  private static Object normal(Object value) {
    if (value instanceof String text) {
      return bounded(text);
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Map<?, ?> object) {
      return nested(object);
    }
    if (value instanceof Long || value instanceof Double || value instanceof Cause) {
      return value;
    }
    throw new IllegalArgumentException("unsupported cause argument: " + value);
  }

  private static Cause nested(Map<?, ?> object) {
    return Json.MAPPER.convertValue(object, Cause.class);
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int half = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - half);
  }

  private Cause with(String name, Object value) {
    Map<String, Object> more = new TreeMap<>(arguments);
    more.put(name, value);
    return new Cause(code, more);
  }

  /** Adds the worker's progress. */
  public Cause during(Optional<Progress> progress) {
    if (progress.isEmpty()) {
      return with("phase", NO_PROGRESS);
    }
    Progress made = progress.get();
    String phase = Json.MAPPER.convertValue(made.phase(), String.class);
    return with("phase", phase)
        .with("epoch", made.epoch())
        .with("done", made.done())
        .with("total", made.total());
  }

  /** A device took the job. */
  public static Cause started(String device) {
    return of(CauseCode.STARTED).with("device", device);
  }

  /** The worker found that its device computes wrongly. */
  public static Cause deviceRefused(String reason) {
    return of(CauseCode.DEVICE_REFUSED).with("detail", reason);
  }

  /** Its sweep was cancelled. */
  public static Cause cancelledWithSweep(String sweep) {
    return of(CauseCode.CANCELLED_WITH_SWEEP).with("sweep", sweep);
  }

  /** A job that it depends on was cancelled. */
  public static Cause cancelledWithJob(long job) {
    return of(CauseCode.CANCELLED_WITH_JOB).with("job", job);
  }

  /** Its sweep was resumed. */
  public static Cause resumedWithSweep(String sweep) {
    return of(CauseCode.RESUMED_WITH_SWEEP).with("sweep", sweep);
  }

  /** A job that it depends on was resumed. */
  public static Cause resumedWithJob(long job) {
    return of(CauseCode.RESUMED_WITH_JOB).with("job", job);
  }

  /** A trial waits for comparison with the others. */
  public static Cause rungReached(int epoch) {
    return of(CauseCode.RUNG_REACHED).with("epoch", epoch);
  }

  /** A trial was promoted to the next rung. */
  public static Cause promoted(int place, int trials, int epoch) {
    return of(CauseCode.PROMOTED).with("place", place).with("trials", trials).with("epoch", epoch);
  }

  /** A trial was stopped because others were better. */
  public static Cause outdone(int epoch, double accuracy, int place, int trials) {
    return of(CauseCode.OUTDONE)
        .with("epoch", epoch)
        .with("accuracy", accuracy)
        .with("place", place)
        .with("trials", trials);
  }

  /** The worker stopped as requested. */
  public static Cause stopped(boolean checkpoint) {
    return of(
        checkpoint ? CauseCode.STOPPED_WITH_CHECKPOINT : CauseCode.STOPPED_WITHOUT_CHECKPOINT);
  }

  /**
   * Something went wrong.
   *
   * @param error its code
   * @param message its message
   */
  public static Cause error(String error, String message) {
    return of(CauseCode.ERROR).with("error", error).with("detail", message);
  }

  /**
   * A worker exited without reporting an end.
   *
   * @param lastLine the last line of its log, or empty
   */
  public static Cause workerExited(int exitCode, String lastLine) {
    Cause exited = of(CauseCode.WORKER_EXITED).with("exitCode", exitCode);
    return lastLine.isEmpty() ? exited : exited.with("detail", lastLine);
  }

  /** A signal ended a worker. */
  public static Cause workerKilled(int number, String signal) {
    return of(CauseCode.WORKER_KILLED).with("number", number).with("signal", signal);
  }

  /** A worker was killed because it did not respond for this long. */
  public static Cause workerSilent(Duration limit) {
    return of(CauseCode.WORKER_SILENT).with("milliseconds", limit.toMillis());
  }

  /** A worker was killed because it made no progress for this long. */
  public static Cause workerStalled(Duration limit) {
    return of(CauseCode.WORKER_STALLED).with("milliseconds", limit.toMillis());
  }

  /** A worker was killed because it did not stop within this time. */
  public static Cause workerNotStopping(Duration limit) {
    return of(CauseCode.WORKER_NOT_STOPPING).with("milliseconds", limit.toMillis());
  }

  /**
   * Slurm has not yet allocated resources for a worker, or has done so.
   *
   * @param number of the Slurm job
   */
  public static Cause slurm(boolean placed, String number) {
    return of(placed ? CauseCode.SLURM_PLACED : CauseCode.SLURM_WAITING).with("slurmJob", number);
  }

  /** An event on a Slurm node. */
  public static Cause onNode(CauseCode code, String node) {
    return of(code).with("node", node);
  }

  /** A cause with an external message. */
  public static Cause said(CauseCode code, String detail) {
    return of(code).with("detail", detail);
  }

  /** The worker of a dead server was found, and killed if possible. */
  public static Cause orphan(boolean ended, long process) {
    return of(ended ? CauseCode.ORPHAN_ENDED : CauseCode.ORPHAN_LEFT).with("process", process);
  }

  /** A job was paused; its worker ended for this reason. */
  public static Cause pausedAfterRun(Cause end) {
    return of(CauseCode.PAUSED_AFTER_RUN).with("end", end);
  }

  /** An interrupted job was cancelled. */
  public static Cause cancelledAfterInterruption(Cause interruption) {
    return of(CauseCode.CANCELLED_AFTER_INTERRUPTION).with("interruption", interruption);
  }

  /** A file cannot be used to resume from. */
  public static Cause fileLost(String file, String problem) {
    return of(CauseCode.FILE_LOST).with("file", file).with("detail", problem);
  }

  /** A training resumes from a state. */
  public static Cause continued(int epoch, int batch) {
    return of(CauseCode.CONTINUED).with("epoch", epoch).with("batch", batch);
  }

  /** Too many consecutive jobs of a sweep failed. */
  public static Cause stoppedAfterFailures(int failures, long job, String message) {
    return of(CauseCode.STOPPED_AFTER_FAILURES)
        .with("failures", failures)
        .with("job", job)
        .with("detail", message);
  }
}
