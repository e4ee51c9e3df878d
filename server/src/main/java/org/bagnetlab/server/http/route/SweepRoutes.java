package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.Sweeps;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.server.catalogue.Preset;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.SweepJson;
import org.bagnetlab.server.results.view.Results;

/**
 * Checks, queues, lists, shows, holds, releases, cancels, resumes and deletes sweeps, shows their
 * trials, and measures which settings matter.
 */
final class SweepRoutes {

  private final Vertx vertx;
  private final JobQueue queue;
  private final Sweeps sweeps;
  private final SweepReader reader;
  private final ConstantText presets;
  private final Results results;

  SweepRoutes(Vertx vertx, JobQueue queue, SweepReader reader, Results results) {
    this.vertx = vertx;
    this.queue = queue;
    this.sweeps = queue.sweeps();
    this.reader = reader;
    this.results = results;
    this.presets = new ConstantText(vertx, () -> ServerJson.text(presets()));
  }

  void mount(Router api) {
    api.post("/sweeps").handler(this::submit);
    api.post("/sweeps/check").handler(this::check);
    api.get("/sweeps").handler(this::list);
    api.get("/presets").handler(request -> Reply.written(request, presets.get()));
    api.get("/sweeps/:id").handler(this::sweep);
    api.get("/sweeps/:id/trials").handler(this::trials);
    api.get("/sweeps/:id/importance").handler(this::importance);
    api.post("/sweeps/:id/hold")
        .handler(request -> stopped(request, sweeps.hold(request.pathParam("id"))));
    api.post("/sweeps/:id/release")
        .handler(
            request ->
                Reply.json(
                    request, 202, sweeps.release(request.pathParam("id")).map(SweepJson::of)));
    api.post("/sweeps/:id/cancel")
        .handler(request -> stopped(request, sweeps.cancel(request.pathParam("id"))));
    api.post("/sweeps/:id/resume").handler(this::resume);
    api.delete("/sweeps/:id").handler(this::delete);
  }

  private void submit(RoutingContext request) {
    JsonNode definition = definition(JsonBody.of(request));
    // Parsing reads data sets from disk.
    Reply.json(
        request, 201, vertx.executeBlocking(() -> reader.read(definition)).compose(sweeps::submit));
  }

  /**
   * The result of checking a sweep.
   *
   * @param trainings number of its trainings
   * @param about number of jobs on their networks
   * @param deviceSeconds how long trainings would occupy devices, of those of which it is known
   * @param timed how many these are
   * @param judgedBy what tells that; absent if it is not known of any
   * @param problems its errors
   * @param warnings values with which most jobs failed before
   */
  private record Check(
      int trainings,
      long about,
      double deviceSeconds,
      int timed,
      Optional<LikeJobs.Basis> judgedBy,
      List<FieldProblem> problems,
      List<String> warnings) {}

  private void check(RoutingContext request) {
    JsonNode definition = definition(JsonBody.of(request));
    Reply.json(
        request,
        vertx
            .executeBlocking(() -> reader.draft(definition), false)
            .compose(
                draft ->
                    Future.all(
                            sweeps.problems(draft.plan()),
                            results.warnings(draft.settings()),
                            queue.expected(draft.plan()))
                        .map(
                            found ->
                                check(
                                    draft,
                                    found.resultAt(0),
                                    found.resultAt(1),
                                    found.resultAt(2)))));
  }

  private static Check check(
      SweepReader.Draft draft,
      List<InvalidSpec> ofRuns,
      List<String> warnings,
      LikeJobs.Estimates expected) {
    List<InvalidSpec> problems = Stream.concat(draft.problems().stream(), ofRuns.stream()).toList();
    return new Check(
        draft.trainings(),
        draft.about(),
        expected.seconds(),
        expected.jobs(),
        expected.judgedBy(),
        FieldProblem.of(problems),
        warnings);
  }

  /** The sweep itself, or a preset with its settings. */
  private static JsonNode definition(JsonNode body) {
    if (!body.has("preset")) {
      return body;
    }
    String name = body.path("preset").asText();
    Preset preset =
        Preset.named(name)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "Invalid sweep",
                        "preset",
                        "There is no preset '%s'. Known: %s."
                            .formatted(Excerpt.of(name), String.join(", ", Preset.NAMES))));
    ObjectNode settings = body.deepCopy();
    settings.remove(List.of("preset", "name"));
    return preset.with(
        Optional.of(body.path("name").asText()).filter(given -> !given.isEmpty()), settings);
  }

  private record Presets(List<PresetJson> presets) {}

  private record PresetJson(String name, String description, JsonNode definition) {}

  private static Presets presets() {
    return new Presets(
        Preset.all().stream()
            .map(preset -> new PresetJson(preset.name(), preset.description(), preset.definition()))
            .toList());
  }

  private record All(List<SweepJson> sweeps) {}

  private void list(RoutingContext request) {
    Reply.json(request, sweeps.all().map(all -> new All(all.stream().map(SweepJson::of).toList())));
  }

  private record WithJobs(@JsonUnwrapped SweepJson sweep, List<ShownJob> jobs, CostSumJson cost) {}

  private void sweep(RoutingContext request) {
    String id = request.pathParam("id");
    Reply.json(
        request,
        sweeps
            .find(id)
            .compose(
                sweep ->
                    sweeps
                        .jobs(id)
                        .compose(jobs -> ShownJob.of(jobs, results))
                        .compose(
                            jobs ->
                                results
                                    .costOfSweep(id)
                                    .map(cost -> new WithJobs(SweepJson.of(sweep), jobs, cost)))));
  }

  private void trials(RoutingContext request) {
    String id = request.pathParam("id");
    Reply.written(request, sweeps.jobs(id).compose(jobs -> results.writtenTrials(id, jobs)));
  }

  private void importance(RoutingContext request) {
    Reply.written(request, results.writtenImportance(request.pathParam("id")));
  }

  private record Stopped(@JsonUnwrapped SweepJson sweep, List<Long> shared) {}

  private static void stopped(RoutingContext request, Future<Sweeps.Stopped> stopped) {
    Reply.json(
        request,
        202,
        stopped.map(sweep -> new Stopped(SweepJson.of(sweep.sweep()), sweep.shared())));
  }

  private record Resumed(@JsonUnwrapped SweepJson sweep, List<Long> resumed) {}

  private void resume(RoutingContext request) {
    Reply.json(
        request,
        202,
        sweeps
            .resume(request.pathParam("id"))
            .map(sweep -> new Resumed(SweepJson.of(sweep.sweep()), sweep.jobs())));
  }

  private record Deleted(String id, List<Long> jobs) {}

  private void delete(RoutingContext request) {
    String id = request.pathParam("id");
    Reply.json(request, sweeps.delete(id).map(jobs -> new Deleted(id, jobs)));
  }
}
