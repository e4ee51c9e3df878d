package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.accuracy.AccuracyOver;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.run.Counted;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.SettingChoice;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewFilter;
import org.bagnetlab.server.results.view.ViewForm;

/** Serves the views over all runs, as JSON and as files in all forms. */
record ViewRoutes(Results results) {

  void mount(Router api) {
    Set<String> paths = new HashSet<>();
    for (View<?> view : View.all()) {
      if (!view.isOfFamily() && paths.add(view.path())) {
        api.get("/" + view.path())
            .handler(
                request ->
                    Reply.written(
                        request,
                        view.written(results, page(request, view), ViewForm.JSON)
                            .recover(Reply::noRun)));
      }
    }
    api.get("/accuracy-over/:name").handler(this::accuracyOver);
    api.get("/analyses/:name").handler(this::analysis);
    api.get("/export/:file").handler(this::export);
  }

  private void accuracyOver(RoutingContext request) {
    String name = request.pathParam("name");
    View<?> view =
        View.overParameter(name)
            .orElseThrow(
                () ->
                    Problem.missing(
                        "view-not-found",
                        "No such view",
                        "Accuracy is not a function of '%s'. Known: %s."
                            .formatted(
                                Excerpt.of(name),
                                AccuracyOver.PARAMETERS.stream()
                                    .map(Parameter::name)
                                    .collect(Collectors.joining(", ")))));
    Reply.written(request, view.written(results, page(request, view), ViewForm.JSON));
  }

  private void analysis(RoutingContext request) {
    String name = request.pathParam("name");
    Experiment<?> experiment =
        Experiments.find(name)
            .filter(known -> View.isAnalysis(known.name()))
            .orElseThrow(
                () ->
                    Problem.missing(
                        "view-not-found",
                        "No such view",
                        "There is no analysis '%s'. Known: %s."
                            .formatted(
                                Excerpt.of(name),
                                Experiments.names().stream()
                                    .filter(View::isAnalysis)
                                    .collect(Collectors.joining(", ")))));
    Reply.written(
        request,
        results.writtenAnalysis(
            experiment,
            filter(request, RequestParameters.text(request, "dataset"), RunFilter.ALL)));
  }

  private void export(RoutingContext request) {
    String file = request.pathParam("file");
    int dot = Math.max(0, file.lastIndexOf('.'));
    Optional<View<?>> view = View.find(file.substring(0, dot));
    Optional<ViewForm> form = ViewForm.ofExtension(file.substring(dot).replaceFirst("^\\.", ""));
    if (view.isEmpty() || form.isEmpty()) {
      throw Problem.missing(
          "view-not-found",
          "No such view",
          "There is no view '%s'. Known: %s, each as csv, html, json, tex and txt."
              .formatted(Excerpt.of(file), View.known(file.substring(0, dot))));
    }
    view.get()
        .written(results, whole(request, view.get()), form.get())
        .recover(Reply::noRun)
        .onSuccess(
            text -> {
              request
                  .response()
                  .putHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(file));
              Reply.text(request, form.get().mediaType(), text);
            })
        .onFailure(request::fail);
  }

  /** The filter of a view as JSON; a list of runs contains one page. */
  private static ViewFilter page(RoutingContext request, View<?> view) {
    return filter(request, view, RunFilterReader.PAGE, RunFilterReader.LARGEST_PAGE);
  }

  /** The filter of a view as a file; a list of runs contains all runs. */
  static ViewFilter whole(RoutingContext request, View<?> view) {
    return filter(request, view, RunFilterReader.MOST, RunFilterReader.MOST);
  }

  private static ViewFilter filter(RoutingContext request, View<?> view, int limit, int most) {
    Optional<String> dataset = RequestParameters.text(request, "dataset");
    return filter(
        request,
        dataset,
        view.listsRuns() ? RunFilterReader.read(request, dataset, limit, most) : RunFilter.ALL);
  }

  private static SettingChoice setting(RoutingContext request) {
    String text = RequestParameters.text(request, "setting").orElse(SettingChoice.ALL);
    return switch (text) {
      case SettingChoice.ALL -> new SettingChoice.Usual();
      case SettingChoice.MOST -> new SettingChoice.MostNetworks();
      default -> new SettingChoice.OfRun(run(text));
    };
  }

  private static long run(String text) {
    if (!text.matches("[1-9]\\d{0,17}")) {
      throw RequestParameters.invalid(
          "setting",
          "setting must be the number of a run, '%s' or '%s', but is '%s'."
              .formatted(SettingChoice.MOST, SettingChoice.ALL, text));
    }
    return Long.parseLong(text);
  }

  private static ViewFilter filter(
      RoutingContext request, Optional<String> dataset, RunFilter runs) {
    return new ViewFilter(
        dataset,
        setting(request),
        RequestParameters.measure(request, "measure"),
        RequestParameters.whole(
            request, "grid", TrainSpec.SCRAMBLE_TILES_A_SIDE, 1, ScrambleExperiment.FINEST_GRID),
        RequestParameters.flag(request, "published").orElse(false),
        new Counted(
            RequestParameters.flag(request, "troubled").orElse(false),
            RequestParameters.flag(request, "trials").orElse(false)),
        runs);
  }
}
