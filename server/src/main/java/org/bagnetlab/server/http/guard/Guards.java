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

/** The checks that every request passes before its route. */
public final class Guards {

  /** Maximum bytes of a body from an unknown sender: enough for a token. */
  private static final int LARGEST_LOGIN = 1 << 12;

  private final Vertx vertx;
  private final Access access;
  private final Login login;
  private final Audit audit;

  /**
   * Creates the guards of a server. Must not be called on an event loop, since it reads the class
   * path.
   *
   * @param access the known users
   * @param lab identifies the data directory
   * @param database records changes
   * @param page responds to a browser that has to log in first
   */
  public Guards(
      Vertx vertx, Access access, String lab, Database database, Handler<RoutingContext> page) {
    this.vertx = vertx;
    this.access = access;
    this.login = new Login(vertx, access, lab, new LoginAttempts(System::nanoTime), page);
    this.audit = new Audit(database, OpenApi.operations());
  }

  /** The guard that checks users and lets browsers log in and out. */
  public Login login() {
    return login;
  }

  /**
   * Adds all guards, in front of routes that are added later.
   *
   * @param host that the server listens on
   * @param names other host names of the server
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
              if (Login.isReading(request) || Login.isExport(request) || FileUpload.is(request)) {
                request.next();
              } else {
                (Login.isKnown(request) ? known : unknown).handle(request);
              }
            });
  }
}
