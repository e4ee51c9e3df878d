package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobBatch;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.http.reply.Reply;

/** Checks and queues batches of jobs, such as those that a view lacks. */
record JobBatchRoutes(Vertx vertx, JobQueue queue, JobSpecReader reader) {

  void mount(Router api) {
    api.post("/job-batches").handler(this::submit);
    api.post("/job-batches/check").handler(this::check);
  }

  private Future<JobBatch> batch(RoutingContext request) {
    JsonNode body = JsonBody.of(request);
    // Parsing reads data sets from disk.
    return vertx.executeBlocking(() -> JobBatch.read(body, reader.forMany()), false);
  }

  private void submit(RoutingContext request) {
    Reply.json(request, 201, batch(request).compose(queue::submit));
  }

  private void check(RoutingContext request) {
    Reply.json(request, batch(request).compose(queue::check).map(Check::of));
  }

  private record Check(List<Checked> jobs) {

    static Check of(List<JobBatch.Checked> jobs) {
      return new Check(jobs.stream().map(Checked::of).toList());
    }
  }

  private record Checked(String title, Optional<Long> existing, Optional<Double> deviceSeconds) {

    static Checked of(JobBatch.Checked job) {
      return new Checked(
          job.title(), job.existing(), job.duration().map(time -> time.toMillis() / 1000.0));
    }
  }
}
