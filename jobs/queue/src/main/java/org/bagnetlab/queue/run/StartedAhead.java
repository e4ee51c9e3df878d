package org.bagnetlab.queue.run;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.ProcessIdentity;

/**
 * A worker's process without a job: it has no files and no row in the database, and loads what any
 * job needs until it gets its assignment on stdin, or until that closes, which ends it.
 *
 * @param as how it was started
 */
record StartedAhead(CommandLine as, Process process) {

  /** Starts one, unless its launcher starts none now. Blocks. */
  static Optional<StartedAhead> start(WorkerContext context) throws IOException {
    Optional<CommandLine> as = context.launcher().ahead(context.slot());
    if (as.isEmpty()) {
      return Optional.empty();
    }
    // It writes where its assignment says. What Java leaves of a crash before that is removed with
    // other incomplete files at the server's next start.
    Process process =
        as.get()
            .with(ProcessIdentity.variables(context.directory().identity()))
            .with(Map.of(WorkerCommand.STARTED_AHEAD, "true"))
            .start(context.directory().uploads());
    return Optional.of(new StartedAhead(as.get(), process));
  }

  /** Whether it lives and is what this command line would start. */
  boolean fits(CommandLine wanted) {
    return process.isAlive() && as.equals(wanted);
  }

  /** Kills it. */
  void end() {
    process.destroyForcibly();
  }
}
