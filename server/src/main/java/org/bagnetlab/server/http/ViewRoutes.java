package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.bagnetlab.server.results.Results;
import org.bagnetlab.server.results.View;
import org.bagnetlab.server.results.ViewFilter;
import org.bagnetlab.server.results.ViewForm;

/** The views over all runs, each in every form. */
final class ViewRoutes {

  private final Results results;

  ViewRoutes(Results results) {
    this.results = results;
  }

  void mount(Router api) {
    for (View<?> view : View.all()) {
      api.get("/" + view.name()).handler(request -> send(request, view));
    }
  }

  private void send(RoutingContext request, View<?> view) {
    ViewForm form = Reply.accepted(request).flatMap(ViewForm::ofMediaType).orElse(ViewForm.JSON);
    ViewFilter filter =
        new ViewFilter(
            Reply.text(request, "dataset"),
            Reply.text(request, "published").equals(Optional.of("true")));
    view.written(results, filter, form)
        .onSuccess(text -> Reply.text(request, form.mediaType(), text))
        .onFailure(request::fail);
  }
}
