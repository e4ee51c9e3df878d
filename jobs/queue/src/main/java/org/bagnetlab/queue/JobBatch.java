package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.LikeJobs;

/**
 * Jobs that are queued together, all or none.
 *
 * @param entries the jobs, in the order in which they are queued
 */
public record JobBatch(List<Entry> entries) {

  /** The most jobs of one batch: they are queued in one transaction, for which others wait. */
  public static final int MOST = 500;

  private static final String JOBS = "jobs";
  private static final String SPEC = "spec";
  private static final String THEN = "then";

  /**
   * A job.
   *
   * @param request the job
   * @param then jobs about the network of a training, without the number of its run
   */
  public record Entry(JobRequest request, List<ObjectNode> then) {}

  /**
   * A job of a batch that is not queued yet.
   *
   * @param existing a job that has its result already, or will have it; empty if it would be queued
   * @param time how long it would occupy a device; empty if unknown
   */
  public record Checked(String title, Optional<Long> existing, Optional<LikeJobs.Estimate> time) {}

  /**
   * Entries that are jobs, and why the others are not; both by their number, from 1.
   *
   * @param refused why an entry cannot be queued
   */
  public record Draft(SortedMap<Integer, Entry> entries, SortedMap<Integer, InvalidSpec> refused) {}

  /**
   * What is known of a draft before it is queued.
   *
   * @param jobs the jobs of the entries that can be queued
   * @param refused why an entry cannot be queued, by its number, from 1
   */
  public record Check(List<Checked> jobs, SortedMap<Integer, InvalidSpec> refused) {}

  /**
   * A batch that was queued.
   *
   * @param queued ids of new jobs
   * @param existing ids of jobs that have the results already, or will have them
   */
  public record Submitted(List<Long> queued, List<Long> existing) {}

  /**
   * Parses a batch. Reads data sets from disk.
   *
   * @throws InvalidSpec if it is not one, or if a job is invalid
   */
  public static JobBatch read(JsonNode body, JobSpecReader reader) {
    Draft draft = draft(body, reader);
    if (!draft.refused().isEmpty()) {
      throw numbered(draft.refused().firstEntry().getValue(), draft.refused().firstKey());
    }
    return new JobBatch(List.copyOf(draft.entries().values()));
  }

  /**
   * Parses a batch of which some jobs may be invalid. Reads data sets from disk.
   *
   * @throws InvalidSpec if it is not a batch
   */
  public static Draft draft(JsonNode body, JobSpecReader reader) {
    var _ = Fields.of(body).only("a batch", Set.of(JOBS));
    JsonNode jobs = body.path(JOBS);
    if (!jobs.isArray() || jobs.isEmpty()) {
      throw new InvalidSpec(JOBS, "jobs must be a list of jobs.");
    }
    requireFew(jobs.size());
    SortedMap<Integer, Entry> entries = new TreeMap<>();
    SortedMap<Integer, InvalidSpec> refused = new TreeMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      try {
        entries.put(i + 1, entry(jobs.get(i), reader));
      } catch (InvalidSpec wrong) {
        refused.put(i + 1, wrong);
      }
    }
    requireFew(entries.values().stream().mapToLong(entry -> 1L + entry.then().size()).sum());
    return new Draft(entries, refused);
  }

  private static void requireFew(long jobs) {
    if (jobs > MOST) {
      throw new InvalidSpec(
          JOBS,
          "At most %d jobs can be queued at once, but these are %d: queue fewer, or a sweep."
              .formatted(MOST, jobs));
    }
  }

  private static Entry entry(JsonNode job, JobSpecReader reader) {
    var _ = Fields.of(job).only("a job of a batch", Set.of(SPEC, THEN));
    return new Entry(
        ofNoSweep(reader.read(job.path(SPEC))), job.has(THEN) ? then(job.path(THEN)) : List.of());
  }

  private static List<ObjectNode> then(JsonNode list) {
    List<ObjectNode> then = new ArrayList<>();
    for (JsonNode follower : list) {
      if (follower instanceof ObjectNode request) {
        then.add(request);
      }
    }
    if (!list.isArray() || then.size() != list.size()) {
      throw new InvalidSpec(THEN, "then must be a list of jobs.");
    }
    return List.copyOf(then);
  }

  /**
   * The same request.
   *
   * @throws InvalidSpec if it is of a sweep, whose hold, budget and changes a batch does not know
   */
  static JobRequest ofNoSweep(JobRequest request) {
    request
        .sweep()
        .ifPresent(
            sweep -> {
              throw new InvalidSpec(
                  "sweep", "A batch has no jobs of sweeps: queue the sweep instead.");
            });
    return request;
  }

  /**
   * The training of an entry that other jobs follow.
   *
   * @throws InvalidSpec if it is not a training
   */
  static TrainSpec trainingOf(Entry entry) {
    if (entry.request().spec() instanceof TrainSpec training) {
      return training;
    }
    throw new InvalidSpec(THEN, "Only a training can be followed by other jobs.");
  }

  /**
   * Passes each entry to a reader, in order.
   *
   * @throws InvalidSpec if the reader refuses an entry; the message says which one
   */
  void forEach(Consumer<Entry> reader) {
    for (int i = 0; i < entries.size(); i++) {
      try {
        reader.accept(entries.get(i));
      } catch (InvalidSpec wrong) {
        throw numbered(wrong, i + 1);
      }
    }
  }

  private static InvalidSpec numbered(InvalidSpec wrong, int number) {
    return new InvalidSpec(wrong.field(), "Job %d: %s".formatted(number, wrong.getMessage()));
  }
}
