package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.QueuePlace;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.results.run.WorkTime;
import org.bagnetlab.server.results.view.Results;

/**
 * A job in a response.
 *
 * @param trouble why a training is no result, or will be none if it goes on; absent if it is one
 * @param resumed how it went on after its last interruption, as text
 * @param seconds how long its workers ran, without the time between them
 */
record ShownJob(
    @JsonUnwrapped JobJson job,
    Optional<Trouble> trouble,
    @JsonUnwrapped Place place,
    Optional<String> resumed,
    Optional<Double> seconds) {

  /**
   * Its place in the queue; without values if it has none.
   *
   * @param position its place among the jobs that will start, from 1
   * @param expectedStart when it starts, if the queue stays as it is and that is known
   * @param expectedEnd when it will have ended, likewise
   * @param behind the job of unknown duration before it, where its start is not known for that
   */
  record Place(
      Optional<Integer> position,
      Optional<Instant> expectedStart,
      Optional<Instant> expectedEnd,
      Optional<Long> behind) {

    static Place of(Optional<QueuePlace> place) {
      return new Place(
          place.flatMap(known -> known.position().stream().boxed().findFirst()),
          place.flatMap(QueuePlace::start),
          place.flatMap(QueuePlace::end),
          place.flatMap(QueuePlace::behind));
    }
  }

  static Future<List<ShownJob>> of(List<Job> jobs, Results results) {
    return of(jobs, Map.of(), results);
  }

  /** Jobs with their places in the queue, by their ids. */
  static Future<List<ShownJob>> of(List<Job> jobs, Map<Long, QueuePlace> places, Results results) {
    return results
        .stored(jobs)
        .map(
            stored ->
                jobs.stream()
                    .map(job -> of(job, Optional.ofNullable(places.get(job.id())), stored))
                    .toList());
  }

  private static ShownJob of(Job job, Optional<QueuePlace> place, Results.Stored stored) {
    StateFacts facts = StateFacts.of(job.state());
    return new ShownJob(
        JobJson.of(job),
        Optional.ofNullable(stored.troubles().get(job.id())),
        Place.of(place),
        Optional.ofNullable(stored.resumed().get(job.id())).map(found -> found.text(job.spec())),
        WorkTime.seconds(
            Optional.ofNullable(stored.costs().get(job.id())), facts.startedAt(), facts.endedAt()));
  }
}
