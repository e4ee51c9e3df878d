package org.bagnetlab.queue.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.ProcessIdentity;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process without a job, and without a row in the database. It loads what every job needs,
 * and then waits until it receives its assignment on stdin, or until stdin closes, which ends it.
 *
 * @param as the command line that started it
 * @param gone once the process has ended and its directory is removed
 */
record StartedAhead(CommandLine as, Process process, CompletableFuture<Void> gone) {

  private static final Logger LOG = LoggerFactory.getLogger(StartedAhead.class);

  /** Starts a worker, unless the launcher currently allows none. Blocks. */
  static Optional<StartedAhead> start(WorkerContext context) throws IOException {
    Optional<CommandLine> as = context.launcher().ahead(context.slot());
    if (as.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(start(as.get(), context.directory()));
  }

  /**
   * Starts a worker in its own directory, which receives files that Java and the system write in a
   * crash. The assignment will tell the worker where to write its results.
   */
  private static StartedAhead start(CommandLine as, DataDirectory data) throws IOException {
    Path directory = Files.createTempDirectory(data.uploads(), "ahead-");
    try {
      Process process =
          as.with(ProcessIdentity.variables(data.identity()))
              .with(Map.of(WorkerCommand.STARTED_AHEAD, "true"))
              .start(directory);
      return new StartedAhead(as, process, process.onExit().thenAccept(ended -> remove(directory)));
    } catch (IOException | RuntimeException e) {
      remove(directory);
      throw e;
    }
  }

  private static void remove(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      // The server's next start removes the directory together with other incomplete files.
      LOG.warn("The directory of a worker that has ended could not be removed", e);
    }
  }

  /** Whether the process is alive and was started by an equal command line. */
  boolean fits(CommandLine wanted) {
    return process.isAlive() && as.equals(wanted);
  }

  /** Kills the process. */
  void end() {
    process.destroyForcibly();
  }
}
