package org.bagnetlab.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.results.run.BestRuns;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.retention.RetentionPlan.Verdict;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.retention.RetainedRow;

/**
 * Decides which files to remove, based on the rules and the stored data, without changing anything.
 */
record RetentionPolicy(RetentionRules rules, Instant now) {

  static final String CHECKPOINT = name(ArtifactKind.CHECKPOINT);
  static final String STATE = name(ArtifactKind.TRAINING_STATE);

  private static final String SUCCEEDED = JobState.Name.SUCCEEDED.name();
  private static final List<String> ENDED = JobState.Name.namesWhere(JobState.Name::ended);
  private static final List<String> OPEN = JobState.Name.namesWhere(state -> !state.ended());

  private static String name(ArtifactKind kind) {
    return Json.MAPPER.convertValue(kind, String.class);
  }

  /** The files to remove, except files needed by open jobs. Must be called within a transaction. */
  List<Verdict> verdicts(Tables tables) {
    List<RetainedRow> files =
        tables.retention().ofTrainings(List.of(CHECKPOINT, STATE), ENDED).stream()
            .filter(file -> network(file) || leftOver(file))
            .toList();
    List<RetainedRow> networks = files.stream().filter(RetentionPolicy::network).toList();
    boolean anyIsOld = networks.stream().anyMatch(this::isExpired);
    Set<Long> kept = anyIsOld ? kept(tables, networks) : Set.of();
    List<Verdict> verdicts = new ArrayList<>();
    for (RetainedRow file : files) {
      verdict(file, kept).ifPresent(reason -> verdicts.add(new Verdict(file, reason)));
    }
    return verdicts;
  }

  private Set<Long> kept(Tables tables, List<RetainedRow> networks) {
    Set<Long> kept = tables.retention().subjects(OPEN);
    Set<Long> there =
        networks.stream().map(file -> file.artifact().job()).collect(Collectors.toSet());
    return Stream.concat(
            kept.stream(),
            BestRuns.of(new MeasuredRuns(Pooling.BY_CODE).sound(tables, Optional.empty()), there)
                .stream())
        .collect(Collectors.toSet());
  }

  /** Whether a file is the network produced by a training, which other jobs may need. */
  private static boolean network(RetainedRow file) {
    return file.artifact().kind().equals(CHECKPOINT) && file.state().equals(SUCCEEDED);
  }

  /**
   * Whether a file is a state from which a training can resume. The network of a training that
   * FAILED in the evaluation is kept, since the training itself is complete.
   */
  private static boolean leftOver(RetainedRow file) {
    return file.artifact().kind().equals(STATE) && !file.state().equals(SUCCEEDED);
  }

  private boolean isExpired(RetainedRow network) {
    return rules.checkpointsOf() == CheckpointsOf.BEST_OF_CONFIGURATION
        && olderThan(rules.keepFor(), network);
  }

  private Optional<String> verdict(RetainedRow file, Set<Long> kept) {
    if (network(file)) {
      return isExpired(file) && !kept.contains(file.artifact().job())
          ? Optional.of(
              "not the best of its configuration; training ended %s ago".formatted(age(file)))
          : Optional.empty();
    }
    return olderThan(rules.trainingStates(), file)
        ? Optional.of("not resumed; its job has been %s for %s".formatted(file.state(), age(file)))
        : Optional.empty();
  }

  private boolean olderThan(Duration age, RetainedRow file) {
    return !since(file).plus(age).isAfter(now);
  }

  /** Since when the file is here: that of an imported run may be newer than the run. */
  private static Instant since(RetainedRow file) {
    Instant stored = file.artifact().createdAt();
    return stored.isAfter(file.endedAt()) ? stored : file.endedAt();
  }

  private String age(RetainedRow file) {
    Duration age = Duration.between(since(file), now);
    return age.toDays() > 0 ? days(age.toDays()) : age.toHours() + " h";
  }

  private static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }
}
