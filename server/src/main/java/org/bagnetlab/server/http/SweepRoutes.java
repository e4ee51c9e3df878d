package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.queue.Job;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.sweep.Preset;
import org.bagnetlab.server.sweep.Sweeps;

/** Sweeps: start a preset, watch its jobs. */
final class SweepRoutes {

  private final Sweeps sweeps;
  private final JobQueue queue;

  SweepRoutes(Sweeps sweeps, JobQueue queue) {
    this.sweeps = sweeps;
    this.queue = queue;
  }

  void mount(Router api) {
    api.post("/sweeps").handler(this::start);
    api.get("/sweeps/:id").handler(this::sweep);
  }

  private void start(RoutingContext request) {
    String name = JobRoutes.body(request).path("preset").asText();
    Preset preset =
        Preset.named(name)
            .orElseThrow(
                () ->
                    Problem.invalid(
                            "Invalid sweep",
                            "preset",
                            "There is no preset '%s'. Known: %s."
                                .formatted(name, String.join(", ", Preset.NAMES)))
                        .exception());
    Reply.json(request, 201, sweeps.start(preset));
  }

  private record Sweep(String id, List<JobJson> jobs, Map<String, Long> counts) {

    static Sweep of(String id, List<Job> jobs) {
      return new Sweep(
          id,
          jobs.stream().map(JobJson::of).toList(),
          jobs.stream()
              .collect(
                  Collectors.groupingBy(
                      job -> job.state().name().name(), TreeMap::new, Collectors.counting())));
    }
  }

  private void sweep(RoutingContext request) {
    String id = request.pathParam("id");
    Reply.json(
        request,
        queue
            .sweep(id)
            .map(
                jobs -> {
                  if (jobs.isEmpty()) {
                    throw Problem.of(
                            404,
                            "sweep-not-found",
                            "No such sweep",
                            "There is no sweep '%s'.".formatted(id))
                        .exception();
                  }
                  return Sweep.of(id, jobs);
                }));
  }
}
