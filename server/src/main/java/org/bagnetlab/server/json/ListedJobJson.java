package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobPage;
import org.bagnetlab.queue.QueuePlace;

/**
 * A job in a list, as shown by the API.
 *
 * @param position its place among the jobs that will start, from 1
 * @param expectedStart when it starts, if the queue stays as it is and that is known
 */
public record ListedJobJson(
    @JsonUnwrapped JobJson job, Optional<Integer> position, Optional<Instant> expectedStart) {

  /** The jobs of a page. */
  public static List<ListedJobJson> of(JobPage page) {
    return page.jobs().stream()
        .map(
            job -> {
              Optional<QueuePlace> place = Optional.ofNullable(page.places().get(job.id()));
              return new ListedJobJson(
                  JobJson.of(job),
                  place.flatMap(known -> known.position().stream().boxed().findFirst()),
                  place.flatMap(QueuePlace::start));
            })
        .toList();
  }
}
