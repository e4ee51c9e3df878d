package org.bagnetlab.server.http.page;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bagnetlab.server.document.Documents;

/** Serves the dashboard, its chart library from a WebJar, and the documentation from memory. */
public final class StaticFiles {

  private static final String LOGIN = "dashboard/login.html";

  private static final Pattern WEB_JAR = Pattern.compile("/webjars/chart\\.js/.+");
  private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9@_-][A-Za-z0-9@._-]*)+");

  /** Path prefix of the dashboard's chunks, whose names change with their content. */
  private static final String CHUNKS = "/js/chunks/";

  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String REVALIDATE = "no-cache";

  /**
   * Paths of the dashboard and of the page with figures only. Both are served as one document,
   * whose script checks the path.
   */
  private static final Set<String> INDEX = Set.of("/", "/figure");

  private final Vertx vertx;
  private final Map<String, Optional<ClassPathFile>> files = new ConcurrentHashMap<>();

  /** Creates the handler, which reads each file once, off the event loop. */
  public StaticFiles(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Serves all paths that no earlier route handles. */
  public void mount(Router router) {
    router.get("/webjars/*").handler(this::webJar);
    router
        .get(Documents.ROOT + "/*")
        .handler(this::document)
        .failureHandler(StaticFiles::noDocument);
    router
        .get("/*")
        .handler(
            request -> {
              String path = request.normalizedPath();
              serve(
                  request,
                  INDEX.contains(path) ? "/index.html" : path,
                  "dashboard",
                  path.startsWith(CHUNKS) ? IMMUTABLE : REVALIDATE);
            });
  }

  /** Responds to any URL with the login page, which then opens that URL. */
  public void logIn(RoutingContext request) {
    vertx
        .executeBlocking(() -> ClassPathFile.read(LOGIN))
        .onSuccess(
            read ->
                read.ifPresentOrElse(
                    page ->
                        request
                            .response()
                            .setStatusCode(401)
                            .putHeader("WWW-Authenticate", "Bearer realm=\"Bagnet Lab\"")
                            .putHeader("Cache-Control", "no-store")
                            .putHeader("Content-Type", page.mediaType())
                            .end(Buffer.buffer(page.bytes())),
                    () -> request.fail(500)))
        .onFailure(request::fail);
  }

  private void webJar(RoutingContext request) {
    String path = request.normalizedPath();
    if (WEB_JAR.matcher(path).matches()) {
      // The version is part of the path.
      serve(request, path, "META-INF/resources", IMMUTABLE);
    } else {
      request.fail(404);
    }
  }

  private void document(RoutingContext request) {
    String address = request.normalizedPath();
    serve(request, address, () -> document(address), REVALIDATE);
  }

  /** Links to documents are followed by people, who expect a page. */
  private static void noDocument(RoutingContext request) {
    if (request.statusCode() != 404) {
      request.next();
      return;
    }
    request
        .response()
        .setStatusCode(404)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(Documents.missing());
  }

  private static Optional<ClassPathFile> document(String address) throws IOException {
    Optional<Documents.Found> found = Documents.find(address);
    if (found.isPresent() && found.get().isPage()) {
      return Optional.of(ClassPathFile.page(found.get().html(References.of(found.get().file()))));
    }
    return found.isEmpty() ? Optional.empty() : ClassPathFile.read(found.get().resource());
  }

  private void serve(RoutingContext request, String path, String root, String caching) {
    if (!SAFE_PATH.matcher(path).matches()) {
      request.fail(404);
      return;
    }
    String name = root + path;
    serve(request, name, () -> ClassPathFile.read(name), caching);
  }

  private void serve(
      RoutingContext request,
      String name,
      Callable<Optional<ClassPathFile>> reading,
      String caching) {
    Optional<ClassPathFile> known = files.get(name);
    if (known != null) {
      send(request, known, caching);
      return;
    }
    vertx
        .executeBlocking(reading)
        .onSuccess(
            read -> {
              // A missing file is not cached: requests for many names could exhaust memory.
              read.ifPresent(file -> files.put(name, read));
              send(request, read, caching);
            })
        .onFailure(request::fail);
  }

  private static void send(RoutingContext request, Optional<ClassPathFile> file, String caching) {
    if (file.isEmpty()) {
      request.fail(404);
      return;
    }
    ClassPathFile found = file.get();
    HttpServerResponse response =
        request
            .response()
            // A weak tag, since a strong one identifies the bytes, which depend on the content
            // encoding.
            .putHeader("ETag", "W/\"%s\"".formatted(found.hash()))
            .putHeader("Cache-Control", caching)
            .putHeader("Vary", "Accept-Encoding");
    if (request.isFresh()) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", found.mediaType()).end(Buffer.buffer(found.bytes()));
  }
}
