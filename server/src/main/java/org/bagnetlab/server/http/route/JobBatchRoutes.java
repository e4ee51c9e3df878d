package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bagnetlab.queue.JobBatch;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.server.http.reply.Reply;

/** Checks and queues batches of jobs, such as those that a view lacks. */
record JobBatchRoutes(Vertx vertx, JobQueue queue, JobSpecReader reader) {

  void mount(Router api) {
    api.post("/job-batches").handler(this::submit);
    api.post("/job-batches/check").handler(this::check);
  }

  /** Parsing reads data sets from disk. */
  private <T> Future<T> read(RoutingContext request, BiFunction<JsonNode, JobSpecReader, T> parse) {
    JsonNode body = JsonBody.of(request);
    return vertx.executeBlocking(() -> parse.apply(body, reader.forMany()), false);
  }

  private void submit(RoutingContext request) {
    Reply.json(request, 201, read(request, JobBatch::read).compose(queue::submit));
  }

  private void check(RoutingContext request) {
    Reply.json(request, read(request, JobBatch::draft).compose(queue::check).map(Check::of));
  }

  private record Check(List<Checked> jobs, List<Refused> refused) {

    static Check of(JobBatch.Check check) {
      return new Check(
          check.jobs().stream().map(Checked::of).toList(),
          check.refused().entrySet().stream()
              .map(entry -> new Refused(entry.getKey(), entry.getValue().getMessage()))
              .toList());
    }
  }

  private record Refused(int job, String reason) {}

  private record Checked(
      String title,
      Optional<Long> existing,
      Optional<Double> deviceSeconds,
      Optional<LikeJobs.Basis> judgedBy) {

    static Checked of(JobBatch.Checked job) {
      return new Checked(
          job.title(),
          job.existing(),
          job.time().map(LikeJobs.Estimate::seconds),
          job.time().map(LikeJobs.Estimate::judgedBy));
    }
  }
}
