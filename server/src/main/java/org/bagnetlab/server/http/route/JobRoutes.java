package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.queue.JobFilter;
import org.bagnetlab.queue.JobOrder;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.QueuePlace;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.json.TransitionJson;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * Submits, lists, shows, cancels, resumes and deletes jobs, and serves the last lines of their
 * logs.
 */
record JobRoutes(
    Vertx vertx, JobQueue queue, JobSpecReader reader, DataDirectory directory, Results results) {

  private static final int LONGEST_LOG = 1 << 20;

  void mount(Router api) {
    api.post("/jobs").handler(this::submit);
    api.get("/jobs").handler(this::list);
    api.get("/jobs/:id")
        .handler(
            request ->
                Reply.json(
                    request, queue.find(RequestParameters.id(request)).compose(this::shown)));
    api.delete("/jobs/:id")
        .handler(request -> Reply.done(request, queue.delete(RequestParameters.id(request))));
    api.get("/jobs/:id/timeline").handler(this::timeline);
    api.get("/jobs/:id/log").handler(this::log);
    api.post("/jobs/:id/cancel")
        .handler(request -> changed(request, queue.cancel(RequestParameters.id(request))));
    api.post("/jobs/:id/pause")
        .handler(request -> changed(request, queue.pause(RequestParameters.id(request))));
    api.post("/jobs/:id/move").handler(this::move);
    api.post("/jobs/change").handler(this::change);
    api.post("/jobs/:id/reproduce")
        .handler(
            request ->
                Reply.json(
                    request, 201, queue.reproduce(RequestParameters.id(request)).map(JobJson::of)));
    api.post("/jobs/:id/resume")
        .handler(request -> changed(request, queue.resume(RequestParameters.id(request))));
  }

  private Future<ShownJob> shown(Job job) {
    Future<Optional<QueuePlace>> place =
        switch (job.state().name()) {
          case QUEUED, INTERRUPTED -> queue.place(job.id());
          case RUNNING, PAUSING, PAUSED, SUCCEEDED, FAILED, CANCELLED ->
              Future.succeededFuture(Optional.empty());
        };
    return place
        .compose(
            known ->
                ShownJob.of(
                    List.of(job),
                    known.map(there -> Map.of(job.id(), there)).orElse(Map.of()),
                    results))
        .map(List::getFirst);
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

  private record Changed(List<JobJson> jobs) {}

  private void change(RoutingContext request) {
    JobChangeReader asked = JobChangeReader.read(JsonBody.of(request));
    Reply.json(
        request,
        202,
        queue
            .change(asked.jobs(), asked.change())
            .map(jobs -> new Changed(jobs.stream().map(JobJson::of).toList())));
  }

  private record Page(List<ShownJob> jobs, long total, Map<String, Long> counts, int held) {}

  private void list(RoutingContext request) {
    int limit = RequestParameters.whole(request, "limit", 50, 1, 1000);
    int offset = RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE);
    Reply.json(
        request,
        queue
            .list(
                new JobFilter(
                    state(request), RequestParameters.choice(request, "kind", Experiments.names())),
                order(request),
                limit,
                offset)
            .compose(
                page ->
                    ShownJob.of(page.jobs(), page.places(), results)
                        .map(jobs -> new Page(jobs, page.total(), page.counts(), page.held()))));
  }

  private static JobOrder order(RoutingContext request) {
    return RequestParameters.choice(request, "order", List.of("newest", "execution"))
        .map(name -> JobOrder.valueOf(name.toUpperCase(Locale.ROOT)))
        .orElse(JobOrder.NEWEST);
  }

  private static Optional<JobState.Name> state(RoutingContext request) {
    List<String> states = Arrays.stream(JobState.Name.values()).map(Enum::name).toList();
    return RequestParameters.choice(request, "state", states).map(JobState.Name::valueOf);
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

  private void log(RoutingContext request) {
    long id = RequestParameters.id(request);
    int bytes = RequestParameters.whole(request, "bytes", 1 << 16, 1, LONGEST_LOG);
    queue
        .find(id)
        .compose(job -> vertx.executeBlocking(() -> end(directory.log(id), bytes), false))
        .onSuccess(
            text ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Cache-Control", "no-store")
                    .end(text))
        .onFailure(request::fail);
  }

  private static Buffer end(Path file, int bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long start = Math.max(0, channel.size() - bytes);
      channel.position(start);
      ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - start));
      while (end.hasRemaining() && channel.read(end) >= 0) {}
      end.flip();
      if (start > 0) {
        // The first line may be incomplete, and may even begin within a character.
        while (end.hasRemaining() && end.get() != '\n') {}
      }
      byte[] text = new byte[end.remaining()];
      end.get(text);
      return Buffer.buffer(text);
    } catch (NoSuchFileException e) {
      return Buffer.buffer();
    }
  }
}
