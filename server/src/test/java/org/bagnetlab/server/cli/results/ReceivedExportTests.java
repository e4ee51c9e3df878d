package org.bagnetlab.server.cli.results;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.export.ExportForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports that end before they are complete. */
@Timeout(60)
class ReceivedExportTests {

  private static final String STEP = "{\"doing\":\"claims\",\"done\":1,\"total\":2}\n";

  @TempDir Path directory;

  @Test
  void aConnectionThatBreaksIsSaidInOneLine() throws Exception {
    assertThatThrownBy(() -> read("\r\n%x\r\n%s\r\n".formatted(STEP.length(), STEP)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Lost the connection to the server at http://127.0.0.1:");
  }

  @Test
  void anEndBeforeTheLastStepIsSaidInOneLine() throws Exception {
    assertThatThrownBy(() -> read("\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(STEP.length(), STEP)))
        .isInstanceOf(Failure.class)
        .hasMessage("The server ended before the export was complete: try again.");
  }

  /** Reads an export from a server that sends a response and closes the connection. */
  private void read(String response) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> answer(server, response));
      new ReceivedExport(Map.of(ExportForm.FILES, List.of(directory)), new ProgressLine("steps"))
          .read(
              new LabClient("http://127.0.0.1:" + server.getLocalPort()),
              "?dataset=scenes",
              Json.MAPPER.createArrayNode());
      sent.join();
    }
  }

  private static void answer(ServerSocket server, String response) {
    try (Socket client = server.accept()) {
      byte[] request = new byte[1 << 12];
      String read = "";
      while (!read.contains("\"figures\"")) {
        int bytes = client.getInputStream().read(request);
        read += new String(request, 0, Math.max(0, bytes), StandardCharsets.UTF_8);
      }
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + response)
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
