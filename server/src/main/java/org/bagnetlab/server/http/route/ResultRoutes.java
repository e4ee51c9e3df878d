package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.failure.FailedJobs;
import org.bagnetlab.server.results.image.RepeatedImages;
import org.bagnetlab.server.results.number.ResultCsv;
import org.bagnetlab.server.results.number.StatisticReport;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.vision.dataset.split.SplitImpossible;
import org.bagnetlab.vision.staging.DamagedException;

/** Serves runs and their results. */
record ResultRoutes(JobQueue queue, Results results) {

  private static final int MOST_ROWS = 10_000;

  private record Failures(List<FailedJobs> failures) {}

  void mount(Router api) {
    api.get("/failures")
        .handler(
            request ->
                Reply.json(
                    request,
                    results.failures(RequestParameters.text(request, "sweep")).map(Failures::new)));
    api.get("/costs")
        .handler(
            request ->
                Reply.json(
                    request,
                    results.costOfDataset(
                        RequestParameters.text(request, "dataset")
                            .orElseThrow(
                                () ->
                                    RequestParameters.invalid(
                                        "dataset", "dataset must name a data set.")))));
    api.get("/runs/:id")
        .handler(
            request ->
                Reply.written(
                    request,
                    queue.find(RequestParameters.id(request)).compose(results::writtenRun)));
    api.get("/runs/:id/results")
        .handler(
            request ->
                Reply.written(
                    request,
                    queue.find(RequestParameters.id(request)).compose(results::writtenResults)));
    api.get("/runs/:id/duplicates")
        .handler(
            request ->
                Reply.json(
                    request, queue.find(RequestParameters.id(request)).compose(this::repeated)));
    api.get("/runs/:id/statistics/:name").handler(this::statistic);
    api.get("/runs/:id/difference").handler(this::difference);
    api.get("/results").handler(this::all);
    api.get("/pairs").handler(this::pair);
  }

  private void pair(RoutingContext request) {
    Measure set = RequestParameters.measure(request, "set");
    if (set == Measure.SCRAMBLING_LOSS) {
      throw RequestParameters.invalid("set", "set must be test or scrambled.");
    }
    long a = required(request, "a");
    long b = required(request, "b");
    Reply.json(
        request,
        results
            .pair(a, b, set)
            .recover(Reply::noRun)
            .map(
                found ->
                    found.orElseThrow(
                        () ->
                            Problem.refused(
                                "no-common-images",
                                "Not comparable",
                                "Runs %d and %d have no test image in common.".formatted(a, b)))));
  }

  private void difference(RoutingContext request) {
    long other = required(request, "from");
    Reply.json(
        request,
        queue
            .find(RequestParameters.id(request))
            .compose(run -> queue.find(other).compose(from -> results.difference(from, run))));
  }

  private static long required(RoutingContext request, String parameter) {
    return RequestParameters.number(request, parameter)
        .orElseThrow(
            () ->
                RequestParameters.invalid(
                    parameter, "%s is missing: give the number of a run.".formatted(parameter)));
  }

  private void statistic(RoutingContext request) {
    String name = request.pathParam("name");
    Statistic statistic =
        Statistic.find(name)
            .orElseThrow(
                () ->
                    Problem.missing(
                        "statistic-not-found",
                        "No such statistic",
                        "There is no statistic '%s'.".formatted(name)));
    Reply.json(
        request,
        queue
            .find(RequestParameters.id(request))
            .compose(job -> results.statistic(job, statistic))
            .map(report -> report.orElseGet(() -> StatisticReport.none(statistic))));
  }

  private void all(RoutingContext request) {
    int limit = RequestParameters.whole(request, "limit", 1000, 1, MOST_ROWS);
    int offset = RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE);
    ResultFilter filter =
        new ResultFilter(
            RequestParameters.text(request, "experiment"),
            RequestParameters.text(request, "output"),
            RequestParameters.text(request, "metric"),
            RequestParameters.text(request, "set"),
            RequestParameters.text(request, "dataset"),
            RequestParameters.number(request, "run"));
    if (Reply.wantsCsv(request)) {
      results
          .results(filter, limit, offset)
          .onSuccess(rows -> Reply.csv(request, rows.total(), ResultCsv.of(rows.results())))
          .onFailure(request::fail);
    } else {
      Reply.written(request, results.writtenResults(filter, limit, offset));
    }
  }

  private Future<RepeatedImages> repeated(Job job) {
    if (!(job.spec() instanceof TrainSpec training)) {
      throw Problem.missing(
          "run-not-found",
          "No such run",
          "Job %d is not a training, so it has no split.".formatted(job.id()));
    }
    return results
        .repeatedImages(job, training)
        .map(found -> found.orElseThrow(() -> changed(job, training)))
        .recover(failure -> Future.failedFuture(problem(failure)));
  }

  private static Throwable problem(Throwable failure) {
    if (failure instanceof DamagedException damage) {
      return DatasetRoutes.damaged(damage);
    }
    // The training itself failed for the same reason.
    return failure instanceof SplitImpossible
        ? Problem.refused("no-split", "No split", String.valueOf(failure.getMessage()))
        : failure;
  }

  static ProblemException changed(Job job, TrainSpec training) {
    return Problem.missing(
        "dataset-not-found",
        "No such data set",
        "The data set '%s' of run %d was deleted or replaced."
            .formatted(training.dataset(), job.id()));
  }
}
