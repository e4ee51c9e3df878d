package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.device.DeviceSlot;

/** Starts workers, locally or remotely, and ends remote ones. */
@FunctionalInterface
public interface WorkerLauncher {

  /** The command line of a worker on this machine that computes as on this device. */
  CommandLine commandLine(DeviceSlot slot);

  /**
   * The command line that starts a job's worker, wherever that is, and connects stdin, stdout and
   * stderr with it.
   *
   * @param directory where the worker writes, and where the command line is run
   */
  default CommandLine commandLine(DeviceSlot slot, long job, Path directory) {
    return commandLine(slot);
  }

  /**
   * Starts a job's worker, which waits for its assignment on stdin.
   *
   * @param directory where the worker writes, and where it runs
   * @param variables of its environment by which it is found again
   */
  default Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
      throws IOException {
    return commandLine(slot, job, directory).with(variables).start(directory);
  }

  /**
   * The command line of a worker that may be started on this machine before its job is known;
   * empty: none may, at least not now. Such a worker fits a job for which {@link
   * #commandLine(DeviceSlot, long, Path)} is the same. May block.
   */
  default Optional<CommandLine> ahead(DeviceSlot slot) {
    return Optional.empty();
  }

  /** Whether workers run on this machine, so that its kernel's counters include them. */
  default boolean onThisMachine() {
    return true;
  }

  /** Why no worker could be started now, as text; empty if one could. May block. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** The notice in a line of stderr, if it is the launcher's and not the worker's. */
  default Optional<LauncherNotice> notice(String line) {
    return Optional.empty();
  }

  /**
   * Why a job's worker has ended, as far as its launcher knows more than the exit code. Blocks.
   *
   * @param directory where it was started
   * @param reported whether it reported anything, so that it ran
   */
  default Optional<LauncherNotice.Ending> explanation(long job, Path directory, boolean reported) {
    return Optional.empty();
  }

  /**
   * Ends the remote workers of these jobs, and waits for their end within a limit. Blocks. Local
   * processes are ended by the caller, afterwards.
   *
   * @return whether none is left; otherwise the server's log says so
   */
  default boolean end(Collection<Long> jobs) {
    return true;
  }
}
