package org.bagnetlab.server.results.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.server.cost.CostText;
import org.bagnetlab.server.results.digest.Digest.Failed;
import org.bagnetlab.server.results.digest.Digest.ResumedJob;

/** A digest in sentences. */
public final class DigestText {

  private static final int MOST_SWEEPS = 8;
  private static final int MOST_CAUSES = 8;
  private static final int MOST_NETWORKS = 8;
  private static final int MOST_RESUMED = 8;
  private static final double ALMOST_ALL = 0.99;

  private DigestText() {}

  /**
   * What happened, which sweeps ended, what failed and why, the best runs, and the cost: one
   * sentence a line.
   */
  public static List<String> of(Digest digest) {
    List<String> lines = new ArrayList<>();
    lines.add(counts(digest));
    lines.addAll(sweeps(digest.sweeps()));
    lines.addAll(failures(digest.failed()));
    lines.addAll(resumed(digest.resumed()));
    lines.addAll(best(digest.best()));
    cost(digest).ifPresent(lines::add);
    lines.add(queue(digest) + held(digest) + ".");
    lines.addAll(heldSweeps(digest));
    return lines;
  }

  /** How many jobs run or wait, without a full stop. */
  public static String queue(Digest digest) {
    return digest.open() == 0
        ? "No job runs or waits"
        : digest.open() == 1 ? "1 job runs or waits" : digest.open() + " jobs run or wait";
  }

  /** A line for each held sweep, with the command that releases it. */
  public static List<String> heldSweeps(Digest digest) {
    return digest.heldSweeps().stream()
        .map(
            held ->
                "Sweep %s, %d queued: %s. Release it with ./bagnetlab sweeps %s --release"
                    .formatted(held.sweep(), held.jobs(), held.why(), held.sweep()))
        .toList();
  }

  /** How many jobs are held, as the end of a sentence; empty if none are. */
  public static String held(Digest digest) {
    return digest.held() == 0
        ? ""
        : ", %d %s held".formatted(digest.held(), digest.held() == 1 ? "is" : "are");
  }

  private static String counts(Digest digest) {
    int failed = digest.failed().stream().mapToInt(Failed::jobs).sum();
    if (digest.finished() + digest.cancelled() + digest.pruned() + failed == 0) {
      return "Nothing finished.";
    }
    return "%s succeeded%s, %d failed%s%s."
        .formatted(
            jobs(digest.finished()),
            learntNothing(digest),
            failed,
            digest.cancelled() == 0 ? "" : ", %d cancelled".formatted(digest.cancelled()),
            digest.pruned() == 0 ? "" : ", %d pruned".formatted(digest.pruned()));
  }

  /** How many trainings learnt nothing, as a part of a sentence; empty if none did. */
  public static String learntNothing(Digest digest) {
    return digest.learntNothing() == 0
        ? ""
        : " (%d of them learnt nothing)".formatted(digest.learntNothing());
  }

  /** A line about the time of devices and their energy; empty if no job ran. */
  public static Optional<String> cost(Digest digest) {
    return digest.deviceSeconds() > 0
        ? Optional.of(
            "Jobs used %s%s."
                .formatted(
                    CostText.deviceTime(digest.deviceSeconds()),
                    digest.joules().map(joules -> " and " + energy(joules, digest)).orElse("")))
        : Optional.empty();
  }

  private static String energy(double joules, Digest digest) {
    return digest.meteredSeconds() >= ALMOST_ALL * digest.deviceSeconds()
        ? CostText.energy(joules)
        : "%s (known for %s of them)"
            .formatted(CostText.energy(joules), CostText.hours(digest.meteredSeconds()));
  }

  /** A line for each sweep that ended. */
  public static List<String> sweeps(List<EndedSweep> sweeps) {
    List<String> lines = new ArrayList<>();
    sweeps.stream()
        .limit(MOST_SWEEPS)
        .map(
            each ->
                "Sweep %s has ended: %s.".formatted(each.sweep(), EndedSweep.text(each.counts())))
        .forEach(lines::add);
    if (sweeps.size() > MOST_SWEEPS) {
      lines.add("Sweeps that have ended, too: %d more.".formatted(sweeps.size() - MOST_SWEEPS));
    }
    return lines;
  }

  /** A line for each cause of failures, the most frequent first. */
  public static List<String> failures(List<Failed> failed) {
    List<String> lines = new ArrayList<>();
    failed.stream()
        .limit(MOST_CAUSES)
        .map(cause -> "%s failed: %s".formatted(jobs(cause.jobs()), cause.cause()))
        .forEach(lines::add);
    if (failed.size() > MOST_CAUSES) {
      lines.add("There are %d more causes of failures.".formatted(failed.size() - MOST_CAUSES));
    }
    return lines;
  }

  /** A line for each job that went on after an interruption. */
  public static List<String> resumed(List<ResumedJob> resumed) {
    List<String> lines = new ArrayList<>();
    resumed.stream()
        .limit(MOST_RESUMED)
        .map(each -> "Job %d, %s: %s.".formatted(each.job(), each.title(), each.how()))
        .forEach(lines::add);
    int more = resumed.size() - MOST_RESUMED;
    if (more > 0) {
      lines.add("Resumed or begun again, too: %d more.".formatted(more));
    }
    return lines;
  }

  /** A line for the best run of each network. */
  public static List<String> best(List<BestRun> best) {
    return best.stream().limit(MOST_NETWORKS).map(DigestText::line).toList();
  }

  private static String line(BestRun best) {
    Optional<String> before =
        best.beforeRun()
            .flatMap(
                run ->
                    best.before()
                        .map(
                            test ->
                                "the best before was %d, with %s.".formatted(run, share(test))));
    return "%s on %s: the best run by validation accuracy is %d, with test accuracy %s; %s"
        .formatted(
            best.label(),
            best.dataset(),
            best.run(),
            share(best.test()),
            before.orElse("there was none before."));
  }

  private static String share(double accuracy) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
  }

  private static String jobs(int number) {
    return number == 1 ? "1 job" : number + " jobs";
  }
}
