package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Set;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.guard.Guards;
import org.bagnetlab.server.http.page.SecurityHeaders;
import org.bagnetlab.server.http.page.StaticFiles;
import org.bagnetlab.server.http.reply.Compression;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.route.ApiRoutes;
import org.bagnetlab.server.http.route.Lab;

/** Builds the handler of all requests: the guards, and behind them the routes and the pages. */
public final class Api {

  private Api() {}

  /**
   * Creates the handler. Must not be called on an event loop, since it reads the class path.
   *
   * @param host that the server listens on
   * @param names other host names of the server
   */
  public static Handler<HttpServerRequest> of(Lab lab, String host, Set<String> names) {
    Vertx vertx = lab.vertx();
    Problems problems = new Problems();
    Router router = Router.router(vertx);
    router.route().handler(new SecurityHeaders());
    router.route().handler(new Compression());
    StaticFiles files = new StaticFiles(vertx);
    Guards guards =
        new Guards(
            vertx,
            lab.access(),
            lab.storage().directory().identity().id(),
            lab.storage().database(),
            files::logIn);
    guards.mount(router, host, names);
    Router api = ApiRoutes.of(lab, guards.login());
    router.route(OpenApi.ROOT + "/*").subRouter(api);
    router.route("/api/*").handler(new AllowedMethods(OpenApi.ROOT, api.getRoutes()));
    files.mount(router);
    router.route().handler(request -> AllowedMethods.refuse(request, "GET"));
    router.route().failureHandler(problems);
    for (int status : new int[] {400, 404, 500}) {
      router.errorHandler(status, request -> problems.handle(request, status));
    }
    return new RequestCheck(router);
  }
}
