package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.storage.audit.AuditRow;
import org.bagnetlab.storage.database.Database;

/** Serves the audit log. */
record AuditRoute(Vertx vertx, Database database) {

  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  void mount(Router api) {
    api.get("/audit").handler(this::audit);
  }

  private record Page(List<AuditRow> entries) {}

  /**
   * Serves the audit log once pending entries are written. Changes are recorded after the response,
   * but a user expects to find a change that was just made.
   */
  private void audit(RoutingContext request) {
    int limit = RequestParameters.whole(request, "limit", LIMIT, 1, MOST);
    long before = RequestParameters.number(request, "before").orElse(Long.MAX_VALUE);
    Reply.json(
        request,
        Futures.of(vertx, database.readAfterWrites(tables -> tables.audit().before(before, limit)))
            .map(Page::new));
  }
}
