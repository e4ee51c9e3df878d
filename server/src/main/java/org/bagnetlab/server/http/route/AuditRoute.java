package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.http.contract.OpenApi;
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

  /** What operations do, by their names; those on tokens are not of the HTTP interface. */
  private static final class Summaries {
    static final Map<String, String> BY_NAME =
        Stream.concat(
                OpenApi.operations().stream()
                    .map(operation -> Map.entry(operation.name(), operation.summary())),
                Stream.of(
                    Map.entry("addToken", "Adds a token"),
                    Map.entry("removeToken", "Removes a token")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * An entry.
   *
   * @param summary what its operation does; empty for one of another version
   */
  private record Entry(@JsonUnwrapped AuditRow row, Optional<String> summary) {

    static Entry of(AuditRow row) {
      return new Entry(row, Optional.ofNullable(Summaries.BY_NAME.get(row.operation())));
    }
  }

  private record Page(List<Entry> entries) {}

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
            .map(rows -> new Page(rows.stream().map(Entry::of).toList())));
  }
}
