package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.directory.LabIdentity;
import org.bagnetlab.storage.job.WorkerRow;

/**
 * Identifies a process uniquely. A process ID is reused once its process is gone; the combination
 * with its start time and the machine's boot is not.
 *
 * @param pid process id
 * @param started start time: ticks since boot on Linux, otherwise an instant
 * @param boot id that changes at each boot on Linux, otherwise constant
 */
public record ProcessIdentity(long pid, String started, String boot) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * Index of the field among those after the program's name in proc(5)'s stat. The name may contain
   * any characters.
   */
  private static final int STATE = 3 - 3;

  private static final int START_TIME = 22 - 3;

  private static final String ENDED = "Z";

  /** The environment variable that identifies the owner of a process. */
  private static final String LAB = "BAGNETLAB_LAB";

  private static final int END_WITHIN_SECONDS = 10;

  /** The identity of the process stored in a row. */
  public static ProcessIdentity of(WorkerRow row) {
    return new ProcessIdentity(row.pid(), row.started(), row.boot());
  }

  /** The identity of a running process on this machine; empty if no process has this id. */
  public static Optional<ProcessIdentity> running(long pid) {
    return started(pid).map(started -> new ProcessIdentity(pid, started, thisBoot()));
  }

  /** The current boot of this machine. */
  public static String thisBoot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }

  /**
   * The start time of a process; empty if it has ended, even if its parent has not yet reaped it.
   */
  private static Optional<String> started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(fields[START_TIME]).filter(started -> !fields[STATE].equals(ENDED));
    } catch (IOException e) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(Object::toString);
    }
  }

  /** The identity as a row for the database. */
  public WorkerRow of(long job) {
    return new WorkerRow(job, pid, started, boot);
  }

  /** Whether the machine was rebooted since the process started. */
  public boolean ofAnEarlierBoot() {
    return !boot.equals(thisBoot());
  }

  /** Environment variables that identify a process as started by a data directory's server. */
  public static Map<String, String> variables(LabIdentity lab) {
    return Map.of(LAB, lab.id() + " " + lab.path());
  }

  /**
   * Ends those processes, and their children, that still run and belong to a data directory, and
   * waits up to 10 seconds for their end. A copy of a data directory contains the process IDs of
   * the original's workers, which are not touched. Blocks.
   *
   * @return for each running process whether it is gone
   */
  public static Map<ProcessIdentity, Boolean> end(
      Collection<ProcessIdentity> processes, LabIdentity lab) {
    Map<ProcessIdentity, ProcessHandle> running = new HashMap<>();
    for (ProcessIdentity process : processes) {
      process
          .handle()
          .filter(handle -> process.isOf(lab))
          .ifPresent(handle -> running.put(process, handle));
    }
    for (ProcessHandle handle : running.values()) {
      handle.descendants().forEach(ProcessHandle::destroyForcibly);
      handle.destroyForcibly();
    }
    CompletableFuture.allOf(
            running.values().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, END_WITHIN_SECONDS, TimeUnit.SECONDS)
        .join();
    Map<ProcessIdentity, Boolean> gone = new HashMap<>();
    running.keySet().forEach(process -> gone.put(process, process.handle().isEmpty()));
    return gone;
  }

  /**
   * Whether the process was started with this data directory's environment variable, which a
   * process keeps while it runs.
   */
  private boolean isOf(LabIdentity lab) {
    try {
      String variables =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
      String wanted =
          new String(
              (LAB + "=" + variables(lab).get(LAB)).getBytes(StandardCharsets.UTF_8),
              StandardCharsets.ISO_8859_1);
      return Arrays.asList(variables.split("\0")).contains(wanted);
    } catch (IOException e) {
      return false; // it has ended, belongs to another user, or this is not Linux
    }
  }

  /** The process, if it still runs. */
  private Optional<ProcessHandle> handle() {
    // Get the handle first: it never refers to a later process with the same ID.
    return ProcessHandle.of(pid)
        .filter(taken -> !ofAnEarlierBoot() && started(pid).filter(started::equals).isPresent());
  }
}
