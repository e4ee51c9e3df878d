package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import java.util.Optional;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.results.Results;

/** Runs, and the views over them. */
final class ResultRoutes {

  private final JobQueue queue;
  private final Results results;

  ResultRoutes(JobQueue queue, Results results) {
    this.queue = queue;
    this.results = results;
  }

  void mount(Router api) {
    api.get("/runs/:id")
        .handler(
            request -> Reply.json(request, queue.find(Reply.id(request)).compose(results::run)));
    api.get("/runs/:id/classes")
        .handler(
            request ->
                Reply.json(request, queue.find(Reply.id(request)).compose(results::classes)));
    api.get("/comparison")
        .handler(
            request ->
                Reply.json(
                    request,
                    results.comparison(
                        Optional.of(request.request().getParam("dataset", ""))
                            .filter(name -> !name.isEmpty()))));
    api.get("/receptive-fields").handler(request -> Reply.json(request, results.receptiveFields()));
    api.get("/scrambling").handler(request -> Reply.json(request, results.scrambling()));
  }
}
