package org.bagnetlab.queue.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why something happened, as a stable name: {@code cancelled-with-job}. Stored and sent to clients,
 * so constants are never renamed; {@link CauseText} has the text of each.
 */
public enum CauseCode {
  // Actions of users and the scheduler.
  SUBMITTED,
  STARTED,
  CANCEL_REQUESTED,
  CANCELLED_WITH_SWEEP,
  CANCELLED_WITH_JOB,
  PAUSE_REQUESTED,
  RESUMED,
  RESUMED_WITH_SWEEP,
  RESUMED_WITH_JOB,
  RETRIED,
  ADVANCED,
  // Successive halving.
  RUNG_REACHED,
  PROMOTED,
  OUTDONE,
  // How a worker ends on its own.
  COMPLETED,
  STOPPED_WITH_CHECKPOINT,
  STOPPED_WITHOUT_CHECKPOINT,
  ERROR,
  DEVICE_REFUSED,
  WORKER_EXITED,
  WORKER_KILLED,
  // Why the server killed it.
  WORKER_SILENT,
  WORKER_STALLED,
  WORKER_NOT_STOPPING,
  REPORT_NOT_STORED,
  STOPPED_BEFORE_PLACED,
  // Slurm.
  SLURM_WAITING,
  SLURM_PLACED,
  SLURM_NODE_LOST,
  SLURM_TIME_LIMIT,
  SLURM_PREEMPTED,
  SLURM_CANCELLED,
  SLURM_NO_PLACE,
  SLURM_UNREACHABLE,
  // The server.
  SERVER_STOPPED,
  SERVER_STOPPED_BEFORE_START,
  SERVER_STOPPED_BEFORE_STORED,
  SERVER_DIED,
  SERVER_DIED_BEFORE_START,
  MACHINE_RESTARTED,
  ORPHAN_ENDED,
  ORPHAN_LEFT,
  // States with more information than the event that led to them.
  PAUSED,
  PAUSED_AFTER_RUN,
  CANCELLED_BEFORE_START,
  CANCELLED_AFTER_INTERRUPTION,
  // Where a job resumes from, and its removed files.
  FILE_LOST,
  CONTINUED,
  CONTINUED_AFTER_TRAINING,
  BEGUN_ANEW,
  FILES_REMOVED,
  // Why a sweep is held.
  HELD_BY_HAND,
  STOPPED_AFTER_FAILURES,
  // A text stored before codes were introduced.
  LEGACY;

  private static final Map<String, CauseCode> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(CauseCode::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name used in storage and in the API. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The code with this name. */
  @JsonCreator
  public static CauseCode of(String text) {
    CauseCode code = BY_TEXT.get(text);
    if (code == null) {
      throw new IllegalArgumentException("unknown cause code: " + text);
    }
    return code;
  }
}
