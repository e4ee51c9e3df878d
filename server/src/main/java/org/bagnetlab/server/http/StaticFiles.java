package org.bagnetlab.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the dashboard and the three WebJars that it uses, from memory. */
final class StaticFiles {

  private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
  private static final String INDEX = "dashboard/index.html";

  private static final Pattern WEB_JAR =
      Pattern.compile("/webjars/(chart\\.js|kurkle__color|lit-html)/.+");
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9@_-][A-Za-z0-9@._-]*)+");

  /** The dashboard and its figures alone are one document: its script looks at the address. */
  private static final Set<String> PAGES = Set.of("/", "/figure");

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
    router
        .get("/*")
        .handler(
            request -> {
              String path = request.normalizedPath();
              serve(request, PAGES.contains(path) ? "/index.html" : path, "dashboard", "no-cache");
            });
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

  private void serve(RoutingContext request, String path, String root, String caching) {
    if (!PLAIN.matcher(path).matches()) {
      request.fail(404);
      return;
    }
    String name = root + path;
    Optional<ClassPathFile> known = files.get(name);
    if (known != null) {
      send(request, known, caching);
      return;
    }
    vertx
        .executeBlocking(() -> ClassPathFile.read(name))
        .onSuccess(
            read -> {
              // What is missing is not remembered: anybody could fill the memory with it.
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
        request.response().putHeader("ETag", found.tag()).putHeader("Cache-Control", caching);
    if (found.tag().equals(request.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("Content-Type", found.mediaType()).end(Buffer.buffer(found.bytes()));
    }
  }
}
