package org.bagnetlab.queue.launch.slurm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.launch.LauncherNotice;

/**
 * Interprets what Slurm reports about a worker: lines in the worker's stderr say that it waits, and
 * the state of the Slurm job says how it ended.
 */
final class SlurmNotices {

  private static final Pattern LINE = Pattern.compile("(?:srun|slurmstepd[^:]*): .*");
  private static final Pattern WAITING =
      Pattern.compile("srun: job (\\d+) (queued and waiting for|has been allocated) resources");

  /** A line that {@link SlurmLauncher}'s script writes on the node. */
  private static final Pattern NOT_SHARED = Pattern.compile("bagnetlab: (\\S+) has no (/.*)");

  private static final Pattern BEFORE_ERROR =
      Pattern.compile("^(?:srun: )?(?:error: |fatal: |allocation failure: )*");

  /**
   * Slurm writes this line when it polls memory use (OverMemoryKill) and kills a job. The job's
   * state is then only FAILED.
   */
  private static final Pattern OVER_MEMORY = Pattern.compile("slurmstepd.*exceeded memory limit.*");

  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "(?i).*(?:contact|connect|communicat|respon|socket|time(?:d )?out|authentic|munge"
              + "|bytes were transmitted|configuration source|cannot stat).*");

  /**
   * The error mentions a policy if it reports limits of a user or an account, some of which apply
   * to running jobs.
   */
  private static final String LIMITED = "policy";

  /** A job may end before it gets a node. */
  private static final String UNKNOWN_NODE = "(unknown)";

  private static final LauncherNotice.Refused OUT_OF_MEMORY =
      new LauncherNotice.Refused(
          ErrorFamily.INSUFFICIENT_RESOURCES,
          "out-of-memory",
          "Out of memory: Slurm killed the worker. Raise memory in the slurm section of bagnetlab.yaml.");

  private SlurmNotices() {}

  /** The notice in a line of stderr; empty if the worker wrote the line. */
  static Optional<LauncherNotice> of(String line) {
    Matcher missing = NOT_SHARED.matcher(line);
    if (missing.matches()) {
      return Optional.of(
          new LauncherNotice.Refused(
              ErrorFamily.USER_ERROR,
              "not-shared",
              "Node %s has no %s: the data directory, the application and Java must be at the same paths on all nodes."
                  .formatted(missing.group(1), missing.group(2))));
    }
    Matcher waiting = WAITING.matcher(line);
    if (waiting.matches()) {
      boolean placed = waiting.group(2).startsWith("has");
      String job = waiting.group(1);
      return Optional.of(
          placed
              ? new LauncherNotice.Placed(new Cause.SlurmPlaced(job))
              : new LauncherNotice.Waiting(new Cause.SlurmWaiting(job)));
    }
    if (OVER_MEMORY.matcher(line).matches()) {
      return Optional.of(OUT_OF_MEMORY);
    }
    return LINE.matcher(line).matches()
        ? Optional.of(new LauncherNotice.Remark())
        : Optional.empty();
  }

  /**
   * Why a worker ended, according to the state of its Slurm job; empty if it ended on its own or is
   * still running.
   */
  static Optional<LauncherNotice.Ending> end(SlurmJob job) {
    String node = job.node().isEmpty() ? UNKNOWN_NODE : job.node();
    return switch (job.state()) {
      case "NODE_FAIL", "BOOT_FAIL" -> lost(new Cause.SlurmNodeLost(node));
      case "TIMEOUT" -> lost(new Cause.SlurmTimeLimit(node));
      case "PREEMPTED" -> lost(new Cause.SlurmPreempted(node));
      case "CANCELLED", "REVOKED" ->
          lost(
              new Cause.SlurmCancelled(
                  Optional.of(job.node()).filter(allocated -> !allocated.isEmpty())));
      case "OUT_OF_MEMORY" -> Optional.of(OUT_OF_MEMORY);
      default ->
          job.node().isEmpty() && job.state().equals("FAILED")
              ? Optional.of(noPlace(job.reason()))
              : Optional.empty();
    };
  }

  private static Optional<LauncherNotice.Ending> lost(Cause cause) {
    return Optional.of(new LauncherNotice.Lost(cause));
  }

  /** Why Slurm created no job, according to the error of a test request. */
  static LauncherNotice.Ending refused(String error) {
    String text = BEFORE_ERROR.matcher(error).replaceFirst("");
    if (UNREACHABLE.matcher(text).matches()) {
      return unreachable(text);
    }
    return text.contains(LIMITED)
        ? noPlace(text)
        : new LauncherNotice.Refused(
            ErrorFamily.USER_ERROR,
            "slurm-request",
            "Slurm cannot satisfy the slurm section of bagnetlab.yaml: " + text);
  }

  static LauncherNotice.Ending unreachable(String error) {
    return new LauncherNotice.Unreachable(new Cause.SlurmUnreachable(error));
  }

  static LauncherNotice.Ending noPlace(String reason) {
    return new LauncherNotice.Lost(new Cause.SlurmNoPlace(reason));
  }
}
