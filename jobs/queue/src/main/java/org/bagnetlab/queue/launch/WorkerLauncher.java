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

  /**
   * The command line of a worker on this machine that computes in the same way as on this device.
   */
  CommandLine commandLine(DeviceSlot slot);

  /**
   * The command line that starts a job's worker, local or remote, with stdin, stdout and stderr
   * connected to this process.
   *
   * @param directory directory where the worker writes and the command line runs
   */
  default CommandLine commandLine(DeviceSlot slot, long job, Path directory) {
    return commandLine(slot);
  }

  /**
   * Starts a job's worker, which waits for its assignment on stdin.
   *
   * @param directory directory where the worker writes and runs
   * @param variables environment variables by which the process can be found later
   */
  default Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
      throws IOException {
    return commandLine(slot, job, directory).with(variables).start(directory);
  }

  /**
   * The command line of a worker that may be started on this machine before its job is known; empty
   * if that is not allowed, at least not now. Such a worker can run any job with an equal {@link
   * #commandLine(DeviceSlot, long, Path)}. May block.
   */
  default Optional<CommandLine> ahead(DeviceSlot slot) {
    return Optional.empty();
  }

  /** Whether workers run on this machine, so that its kernel's counters include them. */
  default boolean onThisMachine() {
    return true;
  }

  /** Why no worker can be started now, as text; empty if one can. May block. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** The notice in a line of stderr, if it is the launcher's and not the worker's. */
  default Optional<LauncherNotice> notice(String line) {
    return Optional.empty();
  }

  /**
   * Why a job's worker has ended, if the launcher knows more than the exit code. Blocks.
   *
   * @param directory directory where the worker was started
   * @param reported whether the worker reported anything, which shows that it ran
   */
  default Optional<LauncherNotice.Ending> explanation(long job, Path directory, boolean reported) {
    return Optional.empty();
  }

  /**
   * Ends the remote workers of these jobs, and waits a limited time for their end. Blocks. The
   * caller must end the local processes afterwards.
   *
   * @return whether all have ended; otherwise this is logged
   */
  default boolean end(Collection<Long> jobs) {
    return true;
  }
}
