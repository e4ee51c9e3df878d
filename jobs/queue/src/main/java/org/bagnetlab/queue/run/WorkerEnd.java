package org.bagnetlab.queue.run;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.launch.ExitCode;
import org.bagnetlab.queue.launch.LauncherNotice;

/**
 * How a worker ended, which determines the next event of its job.
 *
 * @param finalEvent its final event, if it sent one
 * @param exit how its process ended
 * @param notice the most severe notice of its launcher, if any
 * @param killed why it was killed, if it was
 * @param storageError error while its results were stored, if any
 * @param memory whether memory ran out
 * @param progress its last reported progress
 * @param lastLine the last line of its log, or an empty string
 */
record WorkerEnd(
    Optional<WorkerEvent.End> finalEvent,
    ExitCode exit,
    Optional<LauncherNotice> notice,
    Optional<Cause> killed,
    Optional<JobError> storageError,
    WorkerMemory memory,
    Optional<Progress> progress,
    String lastLine) {

  private static final int LONGEST_QUOTE = 300;

  /**
   * The resulting event for the job.
   *
   * @param stopping whether the server is stopping, and therefore stopped the worker
   */
  JobEvent event(Instant at, boolean stopping) {
    WorkerEvent.End event = finalEvent.orElse(null);
    if (event instanceof WorkerEvent.Failed failed) {
      return failed(at, failed);
    }
    if (storageError.isPresent()) {
      return new JobEvent.Broke(at, storageError.get());
    }
    if (event instanceof WorkerEvent.DeviceRefused refused) {
      return new JobEvent.GivenBack(at, new Cause.DeviceRefused(refused.reason()));
    }
    if (event instanceof WorkerEvent.Succeeded) {
      return new JobEvent.Completed(at);
    }
    if (event instanceof WorkerEvent.RungReached rung) {
      return new JobEvent.RungReached(at, rung.epoch());
    }
    LauncherNotice said = notice.orElse(null);
    if (said instanceof LauncherNotice.Waiting && killed.isPresent()) {
      return new JobEvent.GivenBack(at, killed.get());
    }
    if (stopping) {
      return new JobEvent.Lost(at, Cause.Simple.SERVER_STOPPED.during(progress), false);
    }
    if (event instanceof WorkerEvent.Stopped stopped) {
      return new JobEvent.Stopped(at, stopped.checkpoint());
    }
    if (said instanceof LauncherNotice.Refused refused && killed.isEmpty()) {
      return new JobEvent.Broke(
          at, new JobError(refused.family(), refused.code(), refused.message(), Optional.empty()));
    }
    if (said instanceof LauncherNotice.Unreachable unreachable && killed.isEmpty()) {
      return new JobEvent.Unplaced(at, unreachable.cause());
    }
    if (killed.isEmpty()) {
      switch (memory) {
        case WorkerMemory.OutgrewShare(Cause cause) -> {
          return new JobEvent.OutgrewShare(at, cause);
        }
        case WorkerMemory.Exhausted _ -> {
          return outOfMemory(at, "the " + cause().text());
        }
        case WorkerMemory.Enough _ -> {}
      }
    }
    return new JobEvent.Lost(at, cause(), true);
  }

  /** A library may have wrapped an error of memory, but the log contains it. */
  private JobEvent failed(Instant at, WorkerEvent.Failed failed) {
    boolean wrapped = failed.family() == ErrorFamily.INTERNAL_ERROR;
    boolean resources = wrapped || failed.family() == ErrorFamily.INSUFFICIENT_RESOURCES;
    return switch (memory) {
      case WorkerMemory.OutgrewShare(Cause cause) when resources ->
          new JobEvent.OutgrewShare(at, cause);
      case WorkerMemory.OutgrewShare _, WorkerMemory.Exhausted _ when wrapped ->
          outOfMemory(at, failed.message());
      case WorkerMemory.OutgrewShare _, WorkerMemory.Exhausted _, WorkerMemory.Enough _ ->
          new JobEvent.Broke(
              at, new JobError(failed.family(), failed.code(), failed.message(), failed.field()));
    };
  }

  /**
   * Whether the worker exited before it began the job, because it could not load what every job
   * needs.
   */
  boolean unprepared() {
    return exit.value() == WorkerCommand.UNPREPARED
        && finalEvent.isEmpty()
        && killed.isEmpty()
        && progress.isEmpty();
  }

  /** Why its device runs no more jobs; empty if it may. */
  Optional<String> deviceRefusal() {
    return finalEvent
        .filter(WorkerEvent.DeviceRefused.class::isInstance)
        .map(event -> ((WorkerEvent.DeviceRefused) event).reason());
  }

  private static JobEvent outOfMemory(Instant at, String how) {
    return new JobEvent.Broke(
        at,
        new JobError(
            ErrorFamily.INSUFFICIENT_RESOURCES,
            "out-of-memory",
            "Out of memory: " + how,
            Optional.empty()));
  }

  private Cause cause() {
    if (killed.isPresent()) {
      return killed.get().during(progress);
    }
    if (notice.orElse(null) instanceof LauncherNotice.Lost lost) {
      return lost.cause().during(progress);
    }
    return exit.signal()
        .<Cause>map(signal -> new Cause.WorkerKilled(exit.value() - 128, signal))
        .orElseGet(() -> new Cause.WorkerExited(exit.value(), quote()))
        .during(progress);
  }

  private Optional<String> quote() {
    return Optional.of(lastLine)
        .filter(line -> !line.isEmpty())
        .map(
            line ->
                line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line);
  }
}
