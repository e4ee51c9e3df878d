package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.access.User;
import org.bagnetlab.server.http.contract.ContractOperation;
import org.bagnetlab.storage.audit.AuditRow;
import org.bagnetlab.storage.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who changes what, after the change was made or refused, and which tokens are added and
 * removed. Requests refused for lack of a token or a role are not recorded, so that unknown clients
 * cannot fill the audit log. Bodies and tokens are not recorded either.
 */
final class Audit implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private static final int LONGEST_TARGET = 500;

  /** Status when the client disconnected before the answer. */
  private static final int NOT_ANSWERED = 0;

  /** Status of a change on the command line, equal to that of a successful request. */
  private static final int DONE = 200;

  private static final Set<Integer> STRANGERS = Set.of(401, 403);

  /** Operations that change only a browser's cookie, or nothing. */
  private static final Set<String> CHANGING_NOTHING =
      Set.of("logIn", "logOut", "checkRequest", "checkSweep", "checkJobBatch", "exportResults");

  /** Operations that change nothing, but copy the whole lab. */
  private static final Set<String> TAKING = Set.of("backup");

  private final Database database;
  private final List<ContractOperation> operations;

  /**
   * Creates an audit log in a database.
   *
   * @param operations all operations of the interface
   */
  Audit(Database database, List<ContractOperation> operations) {
    this.database = database;
    this.operations =
        operations.stream()
            .filter(operation -> operation.changes() || TAKING.contains(operation.name()))
            .filter(operation -> !CHANGING_NOTHING.contains(operation.name()))
            .toList();
  }

  @Override
  public void handle(RoutingContext request) {
    Optional<ContractOperation> operation =
        operations.stream()
            .filter(
                known -> known.matches(request.request().method().name(), request.normalizedPath()))
            .findFirst();
    operation.ifPresent(
        known ->
            request.addEndHandler(
                ended ->
                    record(
                        request,
                        known.name(),
                        ended.succeeded() ? request.response().getStatusCode() : NOT_ANSWERED)));
    request.next();
  }

  private void record(RoutingContext request, String operation, int status) {
    if (STRANGERS.contains(status)) {
      return;
    }
    User user = Login.user(request);
    String target =
        Optional.ofNullable(request.response().headers().get("Location"))
            .orElse(request.normalizedPath());
    record(
        user,
        Login.address(request),
        operation,
        target.substring(0, Math.min(LONGEST_TARGET, target.length())),
        status);
  }

  /** Records that tokens of these users were added or removed on the command line. */
  void tokensChanged(List<User> added, List<User> removed) {
    removed.forEach(each -> recordToken("removeToken", each));
    added.forEach(each -> recordToken("addToken", each));
  }

  private void recordToken(String what, User owner) {
    record(User.LOCAL, "", what, "/tokens/" + owner.name(), DONE);
  }

  private void record(User user, String address, String operation, String target, int status) {
    AuditRow row =
        new AuditRow(
            0, Instant.now(), user.name(), user.role().text(), address, operation, target, status);
    var _ =
        database
            .write(tables -> tables.audit().insert(row))
            .whenComplete(
                (stored, failure) -> {
                  if (failure != null) {
                    LOG.error("Not recorded: {}", row, failure);
                  }
                });
  }
}
