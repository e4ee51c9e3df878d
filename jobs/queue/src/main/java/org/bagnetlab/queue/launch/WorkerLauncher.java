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

  /** The command line of a worker on this machine that computes as on a given device. */
  CommandLine commandLine(DeviceSlot slot);

  /**
   * The command line that starts a job's worker, local or remote, with connected stdin, stdout and
   * stderr.
   *
   * @param directory where the worker writes and the command line runs
   */
  default CommandLine commandLine(DeviceSlot slot, long job, Path directory) {
    return commandLine(slot);
  }

  /**
   * Starts a job's worker, which waits for its assignment on stdin.
   *
   * @param directory where the worker writes and runs
   * @param variables of its environment, by which it can be found later
   */
  default Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
      throws IOException {
    return commandLine(slot, job, directory).with(variables).start(directory);
  }

  /**
   * The command line of a worker that may be started on this machine before its job is known;
   * empty: none may, at least not now. Such a worker can run a job whose {@link
   * #commandLine(DeviceSlot, long, Path)} is equal. May block.
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
   * Why a job's worker has ended, if the launcher knows more than the exit code. Blocks.
   *
   * @param directory where it was started
   * @param reported whether the worker reported anything, which shows that it ran
   */
  default Optional<LauncherNotice.Ending> explanation(long job, Path directory, boolean reported) {
    return Optional.empty();
  }

  /**
   * Ends the remote workers of these jobs, and waits for their end for a limited time. Blocks. The
   * caller must end the local processes afterwards.
   *
   * @return whether all have ended; otherwise this is logged
   */
  default boolean end(Collection<Long> jobs) {
    return true;
  }
}
