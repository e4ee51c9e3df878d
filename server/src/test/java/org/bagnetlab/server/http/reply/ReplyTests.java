package org.bagnetlab.server.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Responses whose client goes away before they are sent. */
@Timeout(60)
class ReplyTests {

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Promise<Void> sent = Promise.promise();

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  @Test
  void aFileForAClientThatIsGoneIsNotSent() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
    Promise<Void> arrived = Promise.promise();
    Router router = Router.router(vertx);
    router.get("/file").handler(request -> afterClose(request, file, arrived));
    HttpServer server =
        TestServer.result(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client
          .getOutputStream()
          .write("GET /file HTTP/1.1\r\nHost: lab\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      TestServer.result(arrived.future());
    }
    assertThat(TestServer.result(sent.future().map("nothing was thrown")))
        .isEqualTo("nothing was thrown");
  }

  /** Sends a file as a route does that looked it up while its client closed the connection. */
  private void afterClose(RoutingContext request, Path file, Promise<Void> arrived) {
    request
        .request()
        .connection()
        .closeHandler(
            gone ->
                vertx.runOnContext(
                    later -> {
                      try {
                        Reply.file(request, file).onComplete(sent);
                      } catch (RuntimeException e) {
                        sent.fail(e);
                      }
                    }));
    arrived.complete();
  }
}
