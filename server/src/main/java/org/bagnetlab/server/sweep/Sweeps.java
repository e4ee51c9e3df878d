package org.bagnetlab.server.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
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

  /** Queues a preset's jobs, unless they are there already. */
  public Future<Started> start(Preset preset) {
    Future<Started> started =
        last.otherwiseEmpty()
            .compose(before -> queue.sweep(preset.name()))
            .compose(
                existing ->
                    existing.isEmpty()
                        ? submit(preset).map(jobs -> started(preset, jobs, false))
                        : Future.succeededFuture(started(preset, existing, true)));
    last = started;
    return started;
  }

  private static Started started(Preset preset, List<Job> jobs, boolean existing) {
    return new Started(preset.name(), jobs.stream().map(Job::id).toList(), existing);
  }

  private Future<List<Job>> submit(Preset preset) {
    return vertx
        .executeBlocking(() -> requests(preset))
        .compose(
            requests -> {
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
            });
  }

  private List<JobRequest> requests(Preset preset) {
    List<JobRequest> requests = new ArrayList<>();
    for (JsonNode job : preset.jobs()) {
      requests.add(reader.read(job));
    }
    return requests;
  }
}
