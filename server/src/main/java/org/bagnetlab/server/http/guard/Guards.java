package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.upload.FileUpload;
import org.bagnetlab.storage.database.Database;

/** What every request passes before its route. */
public final class Guards {

  /** Bytes of a body whose sender is unknown: a token fits. */
  private static final int LARGEST_LOGIN = 1 << 12;

  private final Vertx vertx;
  private final Access access;
  private final Login login;
  private final Audit audit;

  /**
   * Guards a server. Reads the class path, so not on an event loop.
   *
   * @param access knows the users
   * @param lab identifies the data directory
   * @param database where changes are recorded
   * @param page answers a browser that has to log in first
   */
  public Guards(
      Vertx vertx, Access access, String lab, Database database, Handler<RoutingContext> page) {
    this.vertx = vertx;
    this.access = access;
    this.login = new Login(vertx, access, lab, new LoginAttempts(System::nanoTime), page);
    this.audit = new Audit(database, OpenApi.operations());
  }

  /** Lets in users, and browsers log in and out. */
  public Login login() {
    return login;
  }

  /**
   * Puts all guards in front of the routes that are added later.
   *
   * @param host that the server listens on
   * @param names others under which it is reached
   */
  public void mount(Router router, String host, Set<String> names) {
    access.watch(
        vertx,
        (added, removed) -> {
          login.endRevoked();
          audit.tokensChanged(added, removed);
        });
    router.route().handler(new KnownHost(host, names));
    router.route().handler(new SameOrigin());
    router.route().handler(login);
    router.route(OpenApi.ROOT + "/*").handler(audit);
    BodyHandler known = BodyHandler.create(false).setBodyLimit(Problems.LARGEST_BODY);
    BodyHandler unknown = BodyHandler.create(false).setBodyLimit(LARGEST_LOGIN);
    router
        .route()
        .handler(
            request -> {
              if (Login.isReading(request) || FileUpload.is(request)) {
                request.next();
              } else {
                (Login.isKnown(request) ? known : unknown).handle(request);
              }
            });
  }
}
