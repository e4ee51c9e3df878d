package org.bagnetlab.queue.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why something happened, as a stable name: {@code cancelled-with-job}. Stored and told to clients,
 * so a constant is never renamed; each has its sentence in {@link CauseText}.
 */
public enum CauseCode {
  // What people and the scheduler do.
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
  // How a worker ends by itself.
  COMPLETED,
  STOPPED_WITH_CHECKPOINT,
  STOPPED_WITHOUT_CHECKPOINT,
  ERROR,
  WORKER_EXITED,
  WORKER_KILLED,
  // Why the server ended it.
  WORKER_SILENT,
  WORKER_STALLED,
  WORKER_NOT_STOPPING,
  REPORT_NOT_STORED,
  STOPPED_BEFORE_PLACED,
  // What Slurm does.
  SLURM_WAITING,
  SLURM_PLACED,
  SLURM_NODE_LOST,
  SLURM_TIME_LIMIT,
  SLURM_PREEMPTED,
  SLURM_CANCELLED,
  SLURM_NO_PLACE,
  SLURM_UNREACHABLE,
  // What becomes of the server.
  SERVER_STOPPED,
  SERVER_STOPPED_BEFORE_START,
  SERVER_STOPPED_BEFORE_STORED,
  SERVER_DIED,
  SERVER_DIED_BEFORE_START,
  MACHINE_RESTARTED,
  ORPHAN_ENDED,
  ORPHAN_LEFT,
  // States that say more than the event that led there.
  PAUSED,
  PAUSED_AFTER_RUN,
  CANCELLED_BEFORE_START,
  CANCELLED_AFTER_INTERRUPTION,
  // What a job resumes from, and what was removed of it.
  FILE_LOST,
  CONTINUED,
  CONTINUED_AFTER_TRAINING,
  BEGUN_ANEW,
  FILES_REMOVED,
  // Why a sweep is held.
  HELD_BY_HAND,
  STOPPED_AFTER_FAILURES,
  // A sentence that was stored before there were codes.
  LEGACY;

  private static final Map<String, CauseCode> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(CauseCode::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it is stored and told. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The code that is stored so. */
  @JsonCreator
  public static CauseCode of(String text) {
    CauseCode code = BY_TEXT.get(text);
    if (code == null) {
      throw new IllegalArgumentException("an unknown cause: " + text);
    }
    return code;
  }
}
