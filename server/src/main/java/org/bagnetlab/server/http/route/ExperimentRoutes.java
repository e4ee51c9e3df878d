package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.ExperimentJson;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.View;

/** Lists the available experiments and networks, and checks incomplete requests. */
final class ExperimentRoutes {

  private final Vertx vertx;
  private final ConstantText experiments;
  private final JobSpecReader reader;
  private final JobQueue queue;
  private final Results results;

  ExperimentRoutes(
      Vertx vertx, Catalogue catalogue, JobSpecReader reader, JobQueue queue, Results results) {
    this.vertx = vertx;
    this.experiments = new ConstantText(vertx, () -> ServerJson.text(list(catalogue)));
    this.reader = reader;
    this.queue = queue;
    this.results = results;
  }

  void mount(Router api) {
    api.get("/experiments").handler(request -> Reply.written(request, experiments.get()));
    api.get("/architectures")
        .handler(request -> Reply.json(request, 200, new NetworkList(results.networks().list())));
    api.post("/experiments/:name/check").handler(this::check);
  }

  private record NetworkList(List<Networks.Network> architectures) {}

  private record ExperimentList(List<ExperimentJson> experiments) {}

  private static ExperimentList list(Catalogue catalogue) {
    return new ExperimentList(
        Stream.concat(Experiments.all().stream(), Statistic.all().stream())
            .map(
                description ->
                    ExperimentJson.of(description, catalogue, View.isAnalysis(description.name())))
            .toList());
  }

  /** A job in a state. */
  private record State(long id, JobState.Name state) {}

  /**
   * The result of checking a request.
   *
   * @param values values of all parameters including defaults, as in a request
   * @param changed names of the parameters whose values are not their defaults
   * @param problems errors of the request
   * @param equal the jobs that do the same, the newest first
   * @param warnings values with which most jobs failed before
   * @param deviceSeconds how long it would occupy a device
   * @param judgedBy what tells that
   */
  private record Check(
      ObjectNode values,
      List<String> changed,
      List<FieldProblem> problems,
      List<State> equal,
      List<String> warnings,
      Optional<Double> deviceSeconds,
      Optional<LikeJobs.Basis> judgedBy) {}

  private void check(RoutingContext request) {
    Experiment<?> experiment = named(request);
    JsonNode body = JsonBody.of(request);
    // Parsing reads data sets and weights from disk.
    Reply.json(
        request,
        vertx
            .executeBlocking(() -> reader.draft(experiment, body), false)
            .compose(
                draft ->
                    Future.all(
                            expected(experiment, draft, body),
                            results.warnings(Map.of(experiment.name(), List.of(draft.settings()))))
                        .map(found -> checked(draft, found.resultAt(0), found.resultAt(1)))));
  }

  private Future<JobQueue.Expected> expected(
      Experiment<?> experiment, JobSpecReader.Draft draft, JsonNode body) {
    if (!draft.problems().isEmpty()) {
      return Future.succeededFuture(JobQueue.Expected.unknown());
    }
    return vertx
        .executeBlocking(() -> reader.read(experiment, body), false)
        .compose(queue::expected);
  }

  private static Check checked(
      JobSpecReader.Draft draft, JobQueue.Expected expected, List<String> warnings) {
    return new Check(
        draft.values(),
        draft.settings().changed().stream().map(Parameter::name).toList(),
        FieldProblem.of(draft.problems()),
        expected.equal().stream().map(job -> new State(job.id(), job.state().name())).toList(),
        warnings,
        expected.time().map(LikeJobs.Estimate::seconds),
        expected.time().map(LikeJobs.Estimate::judgedBy));
  }

  /** The experiment in the path. Fails with status 404 if there is none. */
  static Experiment<?> named(RoutingContext request) {
    String name = request.pathParam("name");
    return Experiments.find(name)
        .orElseThrow(
            () ->
                Problem.missing(
                    "experiment-not-found",
                    "No such experiment",
                    "There is no experiment '%s'.".formatted(name)));
  }
}
