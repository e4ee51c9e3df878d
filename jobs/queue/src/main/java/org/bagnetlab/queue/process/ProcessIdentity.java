package org.bagnetlab.queue.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.WorkerRow;

/**
 * Names one process for all times. A number is used again once its process is gone; with the time
 * of its start, and the boot of the machine that this counts from, it is not.
 *
 * @param pid the process's number
 * @param started ticks since the boot; elsewhere than on Linux the instant
 * @param boot changes when the machine starts; elsewhere than on Linux always the same
 */
public record ProcessIdentity(long pid, String started, String boot) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Of the fields after the name of the program, which may hold anything, in proc(5)'s stat. */
  private static final int START_TIME = 22 - 3;

  private static final int ENDS_WITHIN_SECONDS = 10;

  /** A process as a row names it. */
  public static ProcessIdentity of(WorkerRow row) {
    return new ProcessIdentity(row.pid(), row.started(), row.boot());
  }

  /** A process that runs on this machine now; empty if there is none of this number. */
  public static Optional<ProcessIdentity> running(long pid) {
    return started(pid).map(started -> new ProcessIdentity(pid, started, thisBoot()));
  }

  /** The present boot of this machine. */
  public static String thisBoot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "unknown"; // no Linux
    }
  }

  private static Optional<String> started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TIME]);
    } catch (IOException e) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(Object::toString);
    }
  }

  /** For the database. */
  public WorkerRow of(long job) {
    return new WorkerRow(job, pid, started, boot);
  }

  /** Whether the machine was started anew since. */
  public boolean ofAnEarlierBoot() {
    return !boot.equals(thisBoot());
  }

  /** Whether this very process still runs. */
  public boolean alive() {
    return !ofAnEarlierBoot()
        && started(pid).filter(started::equals).isPresent()
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Ends the process and its children if it runs, and waits for that. Blocks. */
  public boolean end() {
    if (!alive()) {
      return false;
    }
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    CompletableFuture<?> ended =
        process.onExit().completeOnTimeout(process, ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
    ended.join();
    return true;
  }
}
