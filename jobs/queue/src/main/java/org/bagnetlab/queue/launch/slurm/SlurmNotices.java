package org.bagnetlab.queue.launch.slurm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.launch.LauncherNotice;

/**
 * Parses messages of srun, and of slurmstepd on the node, among the worker's own lines. The texts
 * are those of Slurm 24.11; for unknown messages the exit status decides.
 */
final class SlurmNotices {

  private static final Pattern SLURMS = Pattern.compile("(?:srun|slurmstepd[^:]*): (.*)");
  private static final Pattern QUEUED =
      Pattern.compile("job (\\d+) queued and waiting for resources");
  private static final Pattern ALLOCATED =
      Pattern.compile("job (\\d+) has been allocated resources");
  private static final Pattern NODE_LOST = Pattern.compile("error: Node failure on (\\S+)");
  private static final Pattern CANCELLED =
      Pattern.compile(
          "error: \\*\\*\\* (?:STEP|JOB) \\S+ ON (\\S+) CANCELLED AT \\S+(?: DUE TO ([A-Z ]+))?.*");
  private static final Pattern REVOKED =
      Pattern.compile("Job has been cancelled|Job allocation \\d+ has been revoked.*");
  private static final Pattern MEMORY =
      Pattern.compile(
          "(?i).*(?:exceeded (?:job )?memory limit|oom[-_]kill|: out of memory$|OOM Killed).*");

  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "(?:error|fatal): (?:Unable to allocate resources: )?("
              + "Unable to contact slurm controller.*|Socket timed out.*"
              + "|Communication connection failure.*|Zero Bytes were transmitted.*"
              + "|Protocol authentication error.*|Munge encode failed.*"
              + "|.*cannot stat file.*|Could not establish a configuration source.*)");

  /** Before all others of these: it concerns none of our jobs or settings. */
  private static final Pattern NO_JOB = Pattern.compile("(?i).*invalid job (?:id|credential).*");

  private static final Pattern REFUSED =
      Pattern.compile(
          "(?:error: |fatal: )?(?:Unable to allocate resources: )?("
              + "[Ii]nvalid .*|.* can not be satisfied|Requested node configuration .*"
              + "|Requested time limit .*|More processors requested .*|Memory required by .*"
              + "|User's group not permitted .*|Access/permission denied.*|unrecognized option .*"
              + "|invalid option .*|option '.*)");
  private static final Pattern NOT_NOW =
      Pattern.compile("error: Unable to allocate resources: (.*)");

  /** Messages of {@link SlurmLauncher}'s own lines on the node. */
  private static final Pattern NOT_SHARED = Pattern.compile("bagnetlab: (\\S+) has no (/.*)");

  /** What follows an end or repeats its status. */
  private static final Pattern ECHO =
      Pattern.compile(
          "error: \\S+: tasks? [-0-9,]+: (?:Exited with exit code \\d+|Killed|Terminated)"
              + "|Force Terminated .*|Job step aborted: .*|forcing job termination"
              + "|error: couldn't chdir .*");

  private static final String SAME_PATHS =
      "the data directory, the application and Java must be at the same paths on all nodes.";

  private SlurmNotices() {}

  static Optional<LauncherNotice> of(String line) {
    Matcher missing = NOT_SHARED.matcher(line);
    if (missing.matches()) {
      return Optional.of(
          refused(
              "not-shared",
              "Node %s has no %s: %s".formatted(missing.group(1), missing.group(2), SAME_PATHS)));
    }
    Matcher slurms = SLURMS.matcher(line);
    return slurms.matches() ? said(slurms.group(1)) : Optional.empty();
  }

  private static Optional<LauncherNotice> said(String text) {
    Matcher queued = QUEUED.matcher(text);
    if (queued.matches()) {
      return Optional.of(new LauncherNotice.Waiting(new Cause.SlurmWaiting(queued.group(1))));
    }
    Matcher allocated = ALLOCATED.matcher(text);
    if (allocated.matches()) {
      return Optional.of(new LauncherNotice.Placed(new Cause.SlurmPlaced(allocated.group(1))));
    }
    return ECHO.matcher(text).matches() ? Optional.of(new LauncherNotice.Echo()) : end(text);
  }

  private static Optional<LauncherNotice> end(String text) {
    if (MEMORY.matcher(text).matches()) {
      return Optional.of(
          new LauncherNotice.Refused(
              ErrorFamily.INSUFFICIENT_RESOURCES,
              "out-of-memory",
              "Out of memory: Slurm killed the worker. Raise memory in"
                  + " the slurm section of bagnetlab.yaml."));
    }
    Matcher lost = NODE_LOST.matcher(text);
    if (lost.matches()) {
      return Optional.of(new LauncherNotice.Lost(new Cause.SlurmNodeLost(lost.group(1))));
    }
    Matcher cancelled = CANCELLED.matcher(text);
    if (cancelled.matches()) {
      return Optional.of(
          cancelled(cancelled.group(1), Optional.ofNullable(cancelled.group(2)).orElse("")));
    }
    if (REVOKED.matcher(text).matches()) {
      return Optional.of(new LauncherNotice.Lost(new Cause.SlurmCancelled(Optional.empty())));
    }
    return noPlace(text);
  }

  private static LauncherNotice cancelled(String node, String cause) {
    return new LauncherNotice.Lost(
        switch (cause.strip()) {
          case "TIME LIMIT" -> new Cause.SlurmTimeLimit(node);
          case "PREEMPTION" -> new Cause.SlurmPreempted(node);
          case "NODE FAILURE" -> new Cause.SlurmNodeLost(node);
          default -> new Cause.SlurmCancelled(Optional.of(node));
        });
  }

  private static Optional<LauncherNotice> noPlace(String text) {
    Matcher unreachable = UNREACHABLE.matcher(text);
    if (unreachable.matches()) {
      return Optional.of(
          new LauncherNotice.Unreachable(new Cause.SlurmUnreachable(unreachable.group(1))));
    }
    Matcher refused = REFUSED.matcher(text);
    if (refused.matches() && !NO_JOB.matcher(text).matches()) {
      return Optional.of(
          refused(
              "slurm-request",
              "Slurm cannot satisfy the slurm section of bagnetlab.yaml: %s"
                  .formatted(refused.group(1))));
    }
    Matcher notNow = NOT_NOW.matcher(text);
    return notNow.matches()
        ? Optional.of(new LauncherNotice.Lost(new Cause.SlurmNoPlace(notNow.group(1))))
        : Optional.empty();
  }

  private static LauncherNotice refused(String code, String message) {
    return new LauncherNotice.Refused(ErrorFamily.USER_ERROR, code, message);
  }
}
