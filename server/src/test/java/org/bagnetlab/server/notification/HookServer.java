package org.bagnetlab.server.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server that receives notices, and responds with given statuses. */
public final class HookServer implements AutoCloseable {

  /** A received notice. */
  public record Post(String path, String body, String signature, String delivery, String event) {}

  private final HttpServer server;
  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

  /** Answers with these statuses first, then with 200. */
  public HookServer(Integer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Integer status = answers.poll();
      if (status != null && status >= 300 && status < 400) {
        exchange.getResponseHeaders().add("Location", "/elsewhere");
      }
      exchange.sendResponseHeaders(status == null ? 200 : status, -1);
      posts.add(
          new Post(
              exchange.getRequestURI().getPath(),
              body,
              header(exchange, "X-Bagnetlab-Signature"),
              header(exchange, "X-Bagnetlab-Delivery"),
              header(exchange, "X-Bagnetlab-Event")));
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The next notice. */
  public Post next() throws InterruptedException {
    Post post = posts.poll(30, TimeUnit.SECONDS);
    if (post == null) {
      throw new AssertionError("no notice was received");
    }
    return post;
  }

  /** Whether all received notices were asked for. */
  public boolean isEmpty() {
    return posts.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
