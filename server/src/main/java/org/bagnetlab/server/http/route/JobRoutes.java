package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.json.TransitionJson;

/** Submits, lists, shows, cancels, resumes and deletes jobs. */
final class JobRoutes {

  private final Vertx vertx;
  private final JobQueue queue;
  private final JobSpecReader reader;

  JobRoutes(Vertx vertx, JobQueue queue, JobSpecReader reader) {
    this.vertx = vertx;
    this.queue = queue;
    this.reader = reader;
  }

  void mount(Router api) {
    api.post("/jobs").handler(this::submit);
    api.get("/jobs").handler(this::list);
    api.get("/jobs/:id")
        .handler(
            request ->
                Reply.json(request, queue.find(RequestParameters.id(request)).map(JobJson::of)));
    api.delete("/jobs/:id").handler(this::delete);
    api.get("/jobs/:id/timeline").handler(this::timeline);
    api.post("/jobs/:id/cancel")
        .handler(request -> changed(request, queue.cancel(RequestParameters.id(request))));
    api.post("/jobs/:id/pause")
        .handler(request -> changed(request, queue.pause(RequestParameters.id(request))));
    api.post("/jobs/:id/move").handler(this::move);
    api.post("/jobs/:id/resume")
        .handler(request -> changed(request, queue.resume(RequestParameters.id(request))));
  }

  private void submit(RoutingContext request) {
    JsonNode body = JsonBody.of(request);
    // Parsing reads data sets from disk.
    vertx
        .executeBlocking(() -> reader.read(body))
        .compose(this::submit)
        .onSuccess(
            submission -> {
              Job job = submission.job();
              request.response().putHeader("Location", "/api/v1/jobs/" + job.id());
              Reply.json(request, submission.isNew() ? 201 : 200, JobJson.of(job));
            })
        .onFailure(request::fail);
  }

  private Future<JobQueue.Submission> submit(JobRequest job) {
    return job.interactive()
        ? queue.submitInteractive(job)
        : queue.submit(job).map(queued -> new JobQueue.Submission(queued, true));
  }

  private void move(RoutingContext request) {
    changed(
        request, queue.move(RequestParameters.id(request), MoveReader.read(JsonBody.of(request))));
  }

  private record Page(List<JobJson> jobs, long total, Map<String, Long> counts) {}

  private void list(RoutingContext request) {
    int limit = RequestParameters.whole(request, "limit", 50, 1, 1000);
    int offset = RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE);
    Reply.json(
        request,
        queue
            .list(
                state(request),
                RequestParameters.choice(request, "kind", Experiments.names()),
                limit,
                offset)
            .map(
                page ->
                    new Page(
                        page.jobs().stream().map(JobJson::of).toList(),
                        page.total(),
                        page.counts())));
  }

  private static Optional<JobState.Name> state(RoutingContext request) {
    List<String> states = Arrays.stream(JobState.Name.values()).map(Enum::name).toList();
    return RequestParameters.choice(request, "state", states).map(JobState.Name::valueOf);
  }

  private void delete(RoutingContext request) {
    queue
        .delete(RequestParameters.id(request))
        .onSuccess(deleted -> request.response().setStatusCode(204).end())
        .onFailure(request::fail);
  }

  private record Timeline(List<TransitionJson> transitions) {}

  private void timeline(RoutingContext request) {
    Reply.json(
        request,
        queue
            .timeline(RequestParameters.id(request))
            .map(all -> new Timeline(all.stream().map(TransitionJson::of).toList())));
  }

  private static void changed(RoutingContext request, Future<Job> job) {
    Reply.json(request, 202, job.map(JobJson::of));
  }
}
