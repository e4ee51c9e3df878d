package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.forecast.Completion;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.server.http.reply.Reply;

/** The route of the forecast of when the work will be done. */
record ForecastRoute(JobQueue queue) {

  void mount(Router api) {
    api.get("/forecast")
        .handler(request -> Reply.json(request, queue.outlook().map(ForecastRoute::forecast)));
  }

  /**
   * When the work will be done.
   *
   * @param sweeps those that are neither held nor ended
   */
  private record Forecast(@JsonUnwrapped End queue, List<SweepEnd> sweeps) {}

  private record SweepEnd(String id, @JsonUnwrapped End end) {}

  private record End(Optional<Instant> expectedEnd, Optional<Long> behind) {
    static End of(Completion completion) {
      return new End(completion.end(), completion.behind());
    }
  }

  private static Forecast forecast(Outlook outlook) {
    return new Forecast(
        End.of(outlook.queue()),
        outlook.sweeps().entrySet().stream()
            .map(sweep -> new SweepEnd(sweep.getKey(), End.of(sweep.getValue())))
            .toList());
  }
}
