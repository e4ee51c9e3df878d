package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.Failure;

/**
 * A Chromium process with one page, controlled through the DevTools protocol over two pipes.
 *
 * <p>It uses pipes because other users of the machine could connect to a port. Only the part of the
 * protocol that drawing figures needs is implemented.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">the protocol</a>
 */
final class DevTools implements AutoCloseable {

  /**
   * Shell command that connects the pipes: Chromium reads from file descriptor 3 and writes to 4.
   */
  private static final String WITH_PIPES = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String executable;
  private final Process process;
  private final InputStream responses;
  private final OutputStream requests;
  private final AtomicBoolean late = new AtomicBoolean();
  private final Duration limit;
  private String session = "";
  private int sent;

  /**
   * Starts a browser.
   *
   * @param command command with its options, except those of the protocol
   * @param limit time after which the browser is killed
   */
  DevTools(List<String> command, Duration limit) throws IOException {
    this.executable = command.get(0);
    this.limit = limit;
    List<String> piped = new ArrayList<>(List.of("/bin/sh", "-c", WITH_PIPES));
    piped.addAll(command);
    piped.add("--remote-debugging-pipe");
    process = new ProcessBuilder(piped).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    responses = new BufferedInputStream(process.getInputStream());
    requests = process.getOutputStream();
    var _ =
        process
            .onExit()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (exited, timeout) -> {
                  if (timeout != null) {
                    late.set(true);
                    end();
                  }
                });
  }

  /** Opens a URL, and sends these headers with all requests. */
  void open(URI address, Map<String, String> headers) throws IOException {
    JsonNode target = call("Target.createTarget", Map.of("url", "about:blank"));
    session =
        call(
                "Target.attachToTarget",
                Map.of("targetId", target.path("targetId").asText(), "flatten", true))
            .path("sessionId")
            .asText();
    call("Network.enable", Map.of());
    call("Network.setExtraHTTPHeaders", Map.of("headers", headers));
    JsonNode opened = call("Page.navigate", Map.of("url", address.toString()));
    if (opened.hasNonNull("errorText")) {
      throw new Failure(
          "Chromium cannot open %s: %s.".formatted(address, opened.path("errorText").asText()));
    }
  }

  /** Waits for an element of the page, and returns its text. */
  String text(String selector) throws IOException, InterruptedException {
    String expression =
        "document.querySelector(%s)?.textContent ?? ''"
            .formatted(Json.MAPPER.writeValueAsString(selector));
    while (true) {
      String text =
          call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
              .path("result")
              .path("value")
              .asText();
      if (!text.isEmpty()) {
        return text;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    ObjectNode request = Json.MAPPER.createObjectNode().put("id", ++sent).put("method", method);
    request.set("params", Json.MAPPER.valueToTree(parameters));
    if (!session.isEmpty()) {
      request.put("sessionId", session);
    }
    try {
      requests.write(Json.MAPPER.writeValueAsBytes(request));
      requests.write(0);
      requests.flush();
      while (true) {
        JsonNode message = Json.MAPPER.readTree(message());
        // Other messages are events.
        if (message.path("id").asInt() == sent) {
          if (message.has("error")) {
            throw new Failure(
                "Chromium refuses %s, it may be too old: %s."
                    .formatted(method, message.path("error").path("message").asText()));
          }
          return message.path("result");
        }
      }
    } catch (IOException e) {
      throw new Failure(
          late.get()
              ? "%s took longer than %d s to draw the figures."
                  .formatted(executable, limit.toSeconds())
              : "%s ended before the figures were drawn: check that it starts with --headless."
                  .formatted(executable));
    }
  }

  /** Reads a message, which a zero byte terminates. */
  private String message() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int read = responses.read(); read != 0; read = responses.read()) {
      if (read < 0) {
        throw new IOException("The browser has closed its pipe.");
      }
      message.write(read);
    }
    return message.toString(StandardCharsets.UTF_8);
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Ends the browser and waits until it has exited, so that it no longer writes to its profile. */
  @Override
  public void close() throws IOException {
    session = "";
    try {
      if (process.isAlive()) {
        try {
          call("Browser.close", Map.of());
        } catch (Failure e) {
          // The browser has exited as requested, possibly before it could respond.
        }
        process.onExit().completeOnTimeout(process, GRACE.toSeconds(), TimeUnit.SECONDS).join();
      }
    } finally {
      end();
      process.onExit().join();
    }
  }
}
