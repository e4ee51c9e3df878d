package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
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
    Reply.json(
        request,
        batch(request)
            .compose(batch -> queue.existing(batch).map(existing -> Check.of(batch, existing))));
  }

  /** The jobs of a batch. */
  private record Check(List<Checked> jobs) {

    static Check of(JobBatch batch, List<Optional<Long>> existing) {
      List<Checked> jobs = new ArrayList<>();
      for (int i = 0; i < batch.entries().size(); i++) {
        JobBatch.Entry entry = batch.entries().get(i);
        jobs.add(new Checked(entry.request().title(), existing.get(i)));
        entry.then().forEach(follower -> jobs.add(Checked.of(follower, entry)));
      }
      return new Check(jobs);
    }
  }

  /**
   * A job of a batch.
   *
   * @param existing a job that has its result already, or will have it; absent if it would be
   *     queued
   */
  private record Checked(String title, Optional<Long> existing) {

    /** A job about the network of a training. */
    static Checked of(ObjectNode follower, JobBatch.Entry training) {
      String kind = follower.path("kind").asText();
      String label =
          Experiments.find(kind).map(experiment -> experiment.about().label()).orElse(kind);
      return new Checked(
          "%s of it: %s".formatted(label, training.request().title()), Optional.empty());
    }
  }
}
