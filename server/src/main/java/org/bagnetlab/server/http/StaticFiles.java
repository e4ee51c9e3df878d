package org.bagnetlab.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bagnetlab.server.document.Documents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the dashboard, the two WebJars that it uses, and the documents, from memory. */
final class StaticFiles {

  private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
  private static final String INDEX = "dashboard/index.html";
  private static final String LOGIN = "dashboard/login.html";

  private static final Pattern WEB_JAR = Pattern.compile("/webjars/(chart\\.js|lit-html)/.+");
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9@_-][A-Za-z0-9@._-]*)+");

  /**
   * The dashboard and its figures alone are one document, whose script looks at the address. Each
   * needs the modules of one of these at once.
   */
  private static final Map<String, String> PAGES =
      Map.of("/", "/js/app/dashboard.js", "/figure", "/js/figure/figure-page.js");

  private final Vertx vertx;
  private final Map<String, Optional<ClassPathFile>> files = new ConcurrentHashMap<>();

  StaticFiles(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The security headers of pages from here. Reads the class path. */
  static SecurityHeaders headers() {
    try {
      return SecurityHeaders.allowing(
          ClassPathFile.read(INDEX).map(ClassPathFile::importMapHash).orElse(""));
    } catch (IOException e) {
      LOG.warn("Cannot read the dashboard's files", e);
      return SecurityHeaders.allowing("");
    }
  }

  void mount(Router router) {
    router.get("/webjars/*").handler(this::webJar);
    router.get(Documents.ROOT + "/*").handler(this::document);
    router
        .get("/*")
        .handler(
            request -> {
              String path = request.normalizedPath();
              if (PAGES.containsKey(path)) {
                serve(request, path, () -> page(path), "no-cache");
              } else {
                serve(request, path, "dashboard", "no-cache");
              }
            });
  }

  /** The page to log in, at whatever address was asked for: it is opened again after that. */
  void logIn(RoutingContext request) {
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
      serve(request, path, "META-INF/resources", "public, max-age=31536000, immutable");
    } else {
      request.fail(404);
    }
  }

  private void document(RoutingContext request) {
    String address = request.normalizedPath();
    serve(request, address, () -> document(address), "no-cache");
  }

  private static Optional<ClassPathFile> document(String address) throws IOException {
    Optional<Documents.Found> found = Documents.find(address);
    if (found.isPresent() && found.get().isPage()) {
      return Optional.of(ClassPathFile.page(found.get().html(References.of(found.get().file()))));
    }
    return found.isEmpty() ? Optional.empty() : ClassPathFile.read(found.get().resource());
  }

  private void serve(RoutingContext request, String path, String root, String caching) {
    if (!PLAIN.matcher(path).matches()) {
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
              // What is missing is not remembered: anybody could fill the memory with it.
              read.ifPresent(file -> files.put(name, read));
              send(request, read, caching);
            })
        .onFailure(request::fail);
  }

  /** The index with what the browser is to fetch along with it. */
  private static Optional<ClassPathFile> page(String path) throws IOException {
    Optional<ClassPathFile> index = ClassPathFile.read(INDEX);
    if (index.isEmpty()) {
      return index;
    }
    ClassPathFile found = index.get();
    ModuleGraph modules = ModuleGraph.of(found.importMap(), PAGES.getOrDefault(path, ""));
    return Optional.of(found.with(found.text().replace("</head>", modules.markup() + "</head>")));
  }

  private static void send(RoutingContext request, Optional<ClassPathFile> file, String caching) {
    if (file.isEmpty()) {
      request.fail(404);
      return;
    }
    ClassPathFile found = file.get();
    Optional<byte[]> packed = found.packed().filter(bytes -> Gzip.accepted(request.request()));
    // A strong tag is that of the bytes, which differ by encoding.
    String tag = "\"%s%s\"".formatted(found.hash(), packed.isPresent() ? "-gzip" : "");
    HttpServerResponse response =
        request
            .response()
            .putHeader("ETag", tag)
            .putHeader("Cache-Control", caching)
            .putHeader("Vary", "Accept-Encoding");
    if (tag.equals(request.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    packed.ifPresent(bytes -> response.putHeader("Content-Encoding", "gzip"));
    response
        .putHeader("Content-Type", found.mediaType())
        .end(Buffer.buffer(packed.orElse(found.bytes())));
  }
}
