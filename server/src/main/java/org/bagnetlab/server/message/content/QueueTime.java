package org.bagnetlab.server.message.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.results.run.WorkTime;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.job.JobRow;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how long the waiting and running jobs will take, as the page of a sweep does: each
 * takes as long as the longest job of its kind, network and size, or else as long as jobs of its
 * kind on average, and as many run at once as now.
 */
final class QueueTime {

  /** The settings that determine the duration of a job. */
  private static final List<String> DECISIVE =
      List.of("kind", "architecture", "imageSize", "width", "epochs", "trainImages");

  private final Map<String, Duration> longest = new HashMap<>();
  private final Map<String, List<Duration>> ofKind = new HashMap<>();

  /**
   * Learns from jobs that succeeded.
   *
   * @param costs those that are known, by job
   */
  QueueTime(Collection<JobRow> succeeded, Map<Long, JobCostRow> costs) {
    for (JobRow job : succeeded) {
      duration(job, Optional.ofNullable(costs.get(job.id())))
          .ifPresent(
              duration -> {
                longest.merge(
                    likeness(job),
                    duration,
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
                ofKind.computeIfAbsent(kind(job), any -> new ArrayList<>()).add(duration);
              });
    }
  }

  private static Optional<Duration> duration(JobRow job, Optional<JobCostRow> cost) {
    return WorkTime.seconds(cost, job.state().startedAt(), job.state().endedAt())
        .map(seconds -> Duration.ofMillis(Math.round(1000 * seconds)));
  }

  /** The time until these jobs have ended; empty if one is unlike any job of known duration. */
  Optional<Duration> left(List<JobRow> open, Instant now) {
    Duration sum = Duration.ZERO;
    Duration most = Duration.ZERO;
    for (JobRow job : open) {
      Optional<Duration> left = left(job, now);
      if (left.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(left.get());
      most = left.get().compareTo(most) > 0 ? left.get() : most;
    }
    long atOnce = Math.max(1, open.stream().filter(QueueTime::isWorking).count());
    Duration shared = sum.dividedBy(atOnce);
    return Optional.of(shared.compareTo(most) > 0 ? shared : most);
  }

  private Optional<Duration> left(JobRow job, Instant now) {
    Optional<Duration> expected =
        Optional.ofNullable(longest.get(likeness(job))).or(() -> mean(ofKind.get(kind(job))));
    if (!isWorking(job)) {
      return expected;
    }
    Duration elapsed =
        job.state().startedAt().map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
    return expected.map(all -> all.compareTo(elapsed) > 0 ? all.minus(elapsed) : Duration.ZERO);
  }

  private static Optional<Duration> mean(@Nullable List<Duration> known) {
    return known == null
        ? Optional.empty()
        : Optional.of(known.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(known.size()));
  }

  /** Whether a job runs now. */
  static boolean isWorking(JobRow job) {
    return JobState.Name.valueOf(job.state().name()).working();
  }

  private static String kind(JobRow job) {
    return Json.object(job.spec()).path("kind").asText();
  }

  /** A key that is equal for jobs of about the same duration. */
  private static String likeness(JobRow job) {
    ObjectNode spec = Json.object(job.spec());
    ArrayNode values = Json.MAPPER.createArrayNode();
    DECISIVE.forEach(setting -> values.add(spec.path(setting).toString()));
    return values.toString();
  }

  /** A duration for a message, such as "3 h 10 min". */
  static String text(Duration duration) {
    long minutes = Math.max(1, duration.plusSeconds(30).toMinutes());
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 48
        ? "%d h %d min".formatted(hours, minutes % 60)
        : "%d d %d h".formatted(hours / 24, hours % 24);
  }
}
