package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.upload.FileUpload;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests into memory, each of limited size, and so much of all together: what
 * a request has sent counts until it is answered, and what it only announces does not. Uploads of
 * files are not read here. Used on the one event loop of the HTTP server.
 */
public final class RequestBodies implements Handler<RoutingContext> {

  /** Bytes of one body. */
  static final long LARGEST = 1 << 20;

  /** Bytes of a body whose sender may change nothing, or does not: a token fits. */
  static final long LARGEST_LOGIN = 1 << 12;

  /** Bytes of all of them. An eighth of the memory that the server is started with. */
  static final long MOST_AT_ONCE = 64 << 20;

  private static final String BODY = "body";

  /** Bytes of the requests that are not answered yet. */
  private long held;

  /** The body of a request; empty: it has none. */
  public static Buffer of(RoutingContext request) {
    @Nullable Buffer body = request.get(BODY);
    return body == null ? Buffer.buffer() : body;
  }

  @Override
  public void handle(RoutingContext request) {
    HttpServerRequest sent = request.request();
    long announced = announced(sent);
    if (FileUpload.is(request) || announced == 0) {
      request.next();
      return;
    }
    long largest = Login.isKnown(request) && !Login.isReading(request) ? LARGEST : LARGEST_LOGIN;
    if (announced != Long.MAX_VALUE && announced > largest) {
      request.fail(tooLarge());
    } else if (held >= MOST_AT_ONCE) {
      refuse(request);
    } else if (!expects(sent)) {
      new Reading(request, largest).begin();
    } else if (sent.headers().contains("Expect", "100-continue", true)) {
      var _ = request.response().writeContinue();
      new Reading(request, largest).begin();
    } else {
      request.fail(417);
    }
  }

  /** As many bytes as the client says that it sends; without limit if it does not say. */
  private static long announced(HttpServerRequest request) {
    @Nullable String length = request.getHeader("Content-Length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return request.getHeader("Transfer-Encoding") == null ? 0 : Long.MAX_VALUE;
  }

  private static boolean expects(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0 && request.headers().contains("Expect");
  }

  /** A body that is being received. */
  private final class Reading {

    private final RoutingContext request;
    private final long largest;
    private Buffer body = Buffer.buffer();

    Reading(RoutingContext request, long largest) {
      this.request = request;
      this.largest = largest;
    }

    void begin() {
      request.addEndHandler(answered -> release());
      request.request().handler(this::add).endHandler(complete -> end());
    }

    private void add(Buffer more) {
      if (request.failed()) {
        return; // What still comes is dropped, so that the answer is read.
      }
      if (body.length() + more.length() > largest) {
        release();
        request.fail(tooLarge());
      } else if (held + more.length() > MOST_AT_ONCE) {
        release();
        refuse(request);
      } else {
        held += more.length();
        body.appendBuffer(more);
      }
    }

    private void end() {
      if (!request.failed()) {
        request.put(BODY, body);
        request.next();
      }
    }

    private void release() {
      held -= body.length();
      body = Buffer.buffer();
    }
  }

  private static void refuse(RoutingContext request) {
    request.response().putHeader("Retry-After", "5");
    FileUpload.fail(request, full());
  }

  private static ProblemException tooLarge() {
    return Problem.of(
            413,
            "too-large",
            "Too large",
            "The request is larger than %d MiB.".formatted(LARGEST >> 20))
        .exception();
  }

  private static ProblemException full() {
    return Problem.of(
            503,
            "too-many-bodies",
            "Too many requests at once",
            "The server is reading %d MiB of other requests, and takes no more at once. Send it again in a few seconds."
                .formatted(MOST_AT_ONCE >> 20))
        .exception();
  }
}
