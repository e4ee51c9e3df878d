package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.export.ExportForm;
import org.bagnetlab.server.export.Exported;
import org.bagnetlab.server.export.Figure;
import org.bagnetlab.server.export.ResultsExport;
import org.bagnetlab.server.http.guard.Login;
import org.bagnetlab.server.http.reply.ClientGone;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.reply.ResponseStream;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.UnknownRun;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewFilter;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the results on a data set as files, one JSON object a line: the steps, each with how many
 * are done, and the files as they are finished. Nothing is stored; the work ends with the
 * connection.
 */
final class ExportRoute {

  private static final Logger LOG = LoggerFactory.getLogger(ExportRoute.class);

  /** Maximum bytes of a request: the figures of all analyses as PNG take a quarter of it. */
  static final int LARGEST = 32 << 20;

  /** Exports at the same time. Each computes one view after another. */
  private static final int THREADS = 2;

  /** Exports at the same time, and those that wait. Memory holds the figures of all of them. */
  static final int MOST = 6;

  /** How long an export may take before Vert.x logs a warning. */
  private static final long HOURS = 1;

  private static final int BLOCK = 1 << 16;

  private static final Pattern FIGURE = Pattern.compile("[A-Za-z0-9-]{1,100}");

  private final Results results;
  private final WorkerExecutor threads;
  private final Turns turns;

  ExportRoute(Vertx vertx, Results results) {
    this.results = results;
    this.threads = vertx.createSharedWorkerExecutor("exports", THREADS, HOURS, TimeUnit.HOURS);
    this.turns = new Turns(vertx, THREADS, MOST);
  }

  void mount(Router api) {
    api.post(Login.EXPORTS).handler(this::admit);
    api.post(Login.EXPORTS)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST))
        .handler(this::export)
        .failureHandler(ExportRoute::tooLarge);
  }

  private static void tooLarge(RoutingContext request) {
    if (request.statusCode() != 413) {
      request.next();
      return;
    }
    Problems.answer(
        request.response(),
        Problem.of(
            413,
            "too-large",
            "Too large",
            "The figures are larger than %d MiB together.".formatted(LARGEST >> 20)));
  }

  private void admit(RoutingContext request) {
    if (!turns.admit(request)) {
      throw Problem.of(
              503,
              "too-many-exports",
              "Too many exports",
              "Too many exports are being made: try again when one of them is complete.")
          .exception();
    }
    request.next();
  }

  private void export(RoutingContext request) {
    String dataset =
        RequestParameters.text(request, "dataset")
            .orElseThrow(
                () ->
                    RequestParameters.invalid(
                        "dataset", "dataset must be the name of a data set."));
    Set<ExportForm> forms = forms(request);
    Map<View<?>, ViewFilter> filters = new HashMap<>();
    View.all().forEach(view -> filters.put(view, ViewRoutes.whole(request, view)));
    turns.await(
        request,
        () ->
            results
                .knownDatasets()
                .compose(known -> costOf(dataset, known))
                .compose(
                    cost ->
                        threads.executeBlocking(
                            () -> {
                              List<Figure> figures = figures(JsonBody.of(request));
                              return send(
                                  new ResultsExport(results, dataset, filters, figures, cost),
                                  forms,
                                  request.response());
                            },
                            false))
                .onFailure(
                    failure -> {
                      if (request.response().headWritten()) {
                        // The client is gone.
                        request.request().connection().close();
                      } else {
                        request.fail(failure);
                      }
                    }));
  }

  private Future<CostSumJson> costOf(String dataset, Set<String> known) {
    if (!known.contains(dataset) && !BuiltInDatasets.has(dataset)) {
      throw Problem.missing(
          "dataset-not-found",
          "No such data set",
          "There is no data set '%s'. Known: %s, %s."
              .formatted(
                  Excerpt.of(dataset),
                  String.join(", ", known),
                  String.join(", ", BuiltInDatasets.forms())));
    }
    return results.costOfDataset(dataset);
  }

  private static Set<ExportForm> forms(RoutingContext request) {
    Set<ExportForm> forms = EnumSet.noneOf(ExportForm.class);
    for (String form : RequestParameters.text(request, "forms").orElse("files").split(",", -1)) {
      forms.add(
          ExportForm.of(form)
              .orElseThrow(
                  () -> RequestParameters.invalid("forms", "forms must be files, site or both.")));
    }
    return forms;
  }

  private static List<Figure> figures(JsonNode body) {
    List<Figure> figures = new ArrayList<>();
    for (JsonNode figure : body.path("figures")) {
      String name = figure.path("name").asText();
      if (!FIGURE.matcher(name).matches()) {
        throw invalid("The name of a figure has letters, digits and hyphens.");
      }
      try {
        figures.add(
            new Figure(
                name,
                figure.path("title").asText(),
                figure.path("svg").asText(),
                decoded(figure, "png"),
                decoded(figure, "pdf")));
      } catch (IllegalArgumentException e) {
        throw invalid("PNG and PDF of figure %s must be in Base64.".formatted(name));
      }
    }
    return figures;
  }

  private static byte[] decoded(JsonNode figure, String form) {
    return Base64.getDecoder().decode(figure.path(form).asText());
  }

  private static ProblemException invalid(String detail) {
    return RequestParameters.invalid("figures", detail);
  }

  private static boolean send(
      ResultsExport export, Set<ExportForm> forms, HttpServerResponse response) throws IOException {
    response
        .putHeader("Content-Type", "application/x-ndjson")
        .putHeader("Cache-Control", "no-store")
        .setChunked(true);
    Lines lines =
        new Lines(new BufferedOutputStream(new ResponseStream(response), BLOCK), response);
    try {
      export.write(forms, lines);
    } catch (ClientGone | InterruptedIOException e) {
      throw e;
    } catch (UnknownRun e) {
      lines.problem(String.valueOf(e.getMessage()));
    } catch (Exception | Error e) {
      LOG.error("Export of {}", export.dataset(), e);
      lines.problem(
          "%s could not be made; the server's log has the reason.".formatted(lines.doing()));
    }
    response.end();
    return true;
  }

  /** Writes the lines of an answer. */
  private static final class Lines implements Exported {

    private final OutputStream out;
    private final HttpServerResponse response;
    private String doing = "";

    Lines(OutputStream out, HttpServerResponse response) {
      this.out = out;
      this.response = response;
    }

    @Override
    public void step(String doing, int done, int total) throws IOException {
      this.doing = doing;
      if (response.closed()) {
        throw new ClientGone(null);
      }
      line(Map.of("doing", doing, "done", done, "total", total));
      // Sent at once: it is what the client shows meanwhile.
      out.flush();
    }

    /** What is being done, as the subject of a sentence. */
    String doing() {
      return View.find(doing).map(view -> "The view " + doing).orElse("The " + doing);
    }

    @Override
    public void file(ExportForm form, String path, byte[] content) throws IOException {
      line(
          Map.of(
              "form", form.text(),
              "path", path,
              "content", Base64.getEncoder().encodeToString(content)));
    }

    void problem(String problem) throws IOException {
      line(Map.of("problem", problem));
      out.flush();
    }

    private void line(Map<String, ?> line) throws IOException {
      out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
