package org.bagnetlab.server.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.queue.Job;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;

/** Queues the jobs of a preset, once. */
public final class Sweeps {

  private final Vertx vertx;
  private final JobQueue queue;
  private final JobSpecReader reader;

  /** Requests are handled one after another, so that two at once do not queue twice. */
  private Future<?> last = Future.succeededFuture();

  /** Sweeps of this queue. */
  public Sweeps(Vertx vertx, JobQueue queue, JobSpecReader reader) {
    this.vertx = vertx;
    this.queue = queue;
    this.reader = reader;
  }

  /**
   * A sweep that was asked for.
   *
   * @param id its name
   * @param jobs its jobs' numbers
   * @param existing whether it was there before
   */
  public record Started(String id, List<Long> jobs, boolean existing) {}

  /** Sees to it that each of a preset's jobs is queued, unless it is or has run already. */
  public Future<Started> start(Preset preset) {
    Future<Started> started =
        last.otherwiseEmpty()
            .compose(before -> queue.sweep(preset.name()))
            .compose(
                existing ->
                    vertx
                        .executeBlocking(() -> requests(preset))
                        .compose(requests -> submit(missing(requests, existing)))
                        .map(submitted -> started(preset, existing, submitted)));
    last = started;
    return started;
  }

  private static Started started(Preset preset, List<Job> existing, List<Job> submitted) {
    return new Started(
        preset.name(),
        Stream.concat(existing.stream(), submitted.stream()).map(Job::id).toList(),
        !existing.isEmpty());
  }

  private static List<JobRequest> missing(List<JobRequest> requests, List<Job> existing) {
    Set<JobSpec> there = existing.stream().map(Job::spec).collect(Collectors.toSet());
    return requests.stream().filter(request -> !there.contains(request.spec())).toList();
  }

  private Future<List<Job>> submit(List<JobRequest> requests) {
    Future<List<Job>> submitted = Future.succeededFuture(new ArrayList<>());
    for (JobRequest request : requests) {
      submitted =
          submitted.compose(
              jobs ->
                  queue
                      .submit(request)
                      .map(
                          job -> {
                            jobs.add(job);
                            return jobs;
                          }));
    }
    return submitted;
  }

  private List<JobRequest> requests(Preset preset) {
    List<JobRequest> requests = new ArrayList<>();
    for (JsonNode job : preset.jobs()) {
      requests.add(reader.read(job));
    }
    return requests;
  }
}
