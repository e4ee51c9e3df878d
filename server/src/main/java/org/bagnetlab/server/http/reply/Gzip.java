package org.bagnetlab.server.http.reply;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.bagnetlab.server.json.WrittenText;

/**
 * Compresses texts for clients that take it. Vert.x's own compression would also hold back event
 * streams, pack files that are packed already and hide how much of a response a client has read.
 */
public final class Gzip {

  /** A shorter text fits into one packet in any case. */
  private static final int WORTH_IT = 1024;

  /** The event loop compresses so much within a few milliseconds. */
  private static final int AT_ONCE = 1 << 16;

  private static final Pattern REFUSED = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?");

  private Gzip() {}

  /** Whether the client takes compressed responses. */
  public static boolean accepted(HttpServerRequest request) {
    return request.headers().getAll("Accept-Encoding").stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .anyMatch(coding -> coding.startsWith("gzip") && !REFUSED.matcher(coding).matches());
  }

  /** The bytes compressed. */
  public static byte[] of(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Ends a response with this text, compressed if that is worth it. */
  public static void end(RoutingContext request, WrittenText text) {
    HttpServerResponse response = request.response().putHeader("Vary", "Accept-Encoding");
    if (text.plain().length() < WORTH_IT || !accepted(request.request())) {
      response.end(text.plain());
      return;
    }
    text.packed(plain -> packed(request.vertx(), plain))
        .onSuccess(packed -> response.putHeader("Content-Encoding", "gzip").end(packed))
        .onFailure(request::fail);
  }

  private static Future<Buffer> packed(Vertx vertx, Buffer plain) {
    return plain.length() <= AT_ONCE
        ? Future.succeededFuture(Buffer.buffer(of(plain.getBytes())))
        // Unordered: it waits for no other request.
        : vertx.executeBlocking(() -> Buffer.buffer(of(plain.getBytes())), false);
  }
}
