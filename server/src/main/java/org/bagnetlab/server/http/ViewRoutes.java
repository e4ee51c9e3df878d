package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.scramble.Grids;
import org.bagnetlab.server.results.Results;
import org.bagnetlab.server.results.View;
import org.bagnetlab.server.results.ViewFilter;
import org.bagnetlab.server.results.ViewForm;

/** The views over all runs, as JSON and as files of every form. */
final class ViewRoutes {

  private final Results results;

  ViewRoutes(Results results) {
    this.results = results;
  }

  void mount(Router api) {
    Set<String> paths = new HashSet<>();
    for (View<?> view : View.all()) {
      if (view.experiment().isEmpty() && paths.add(view.path())) {
        api.get("/" + view.path())
            .handler(
                request ->
                    Reply.json(
                        request,
                        view.read(results, filter(request, RunFilterReader.PAGE))
                            .recover(Reply::noRun)));
      }
    }
    api.get("/analyses/:name").handler(this::analysis);
    api.get("/export/:file").handler(this::export);
  }

  private void analysis(RoutingContext request) {
    String name = request.pathParam("name");
    Experiment<?> experiment =
        Experiments.find(name)
            .filter(known -> View.isAnalysis(known.name()))
            .orElseThrow(
                () ->
                    Problem.of(
                            404,
                            "view-not-found",
                            "No such view",
                            "There is no analysis '%s'. Known: %s."
                                .formatted(
                                    Excerpt.of(name),
                                    Experiments.names().stream()
                                        .filter(View::isAnalysis)
                                        .collect(Collectors.joining(", "))))
                        .exception());
    Reply.json(request, results.analysis(experiment, Reply.text(request, "dataset")));
  }

  private void export(RoutingContext request) {
    String file = request.pathParam("file");
    int dot = Math.max(0, file.lastIndexOf('.'));
    Optional<View<?>> view = View.find(file.substring(0, dot));
    Optional<ViewForm> form = ViewForm.ofExtension(file.substring(dot).replaceFirst("^\\.", ""));
    if (view.isEmpty() || form.isEmpty()) {
      throw Problem.of(
              404,
              "view-not-found",
              "No such view",
              "There is no view '%s'. Known: %s, each as csv, html, json, tex and txt."
                  .formatted(Excerpt.of(file), View.known(file.substring(0, dot))))
          .exception();
    }
    view.get()
        .written(results, filter(request, RunFilterReader.MOST), form.get())
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

  /** A list of runs is read by the page, and written whole. */
  private static ViewFilter filter(RoutingContext request, int runs) {
    return new ViewFilter(
        Reply.text(request, "dataset"),
        Reply.number(request, "setting"),
        Reply.measure(request, "measure"),
        Reply.parameter(request, "grid", Grids.OF_TRAININGS, 1, Grids.FINEST),
        Reply.text(request, "published").equals(Optional.of("true")),
        RunFilterReader.read(request, runs));
  }
}
