package org.bagnetlab.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of a process that answers, whoever asked is told, and nothing is left running.
 */
@Timeout(60)
class EngineProcessTests {

  @TempDir Path folder;

  private WorkerLauncher launcher() {
    return TestServer.settings(folder).server().jobs().launcher();
  }

  private EngineRequest waiting(int port) {
    return new EngineRequest.ImportWeights(
        "waiting",
        folder.resolve("none").toString(),
        Optional.empty(),
        Optional.empty(),
        "" + port,
        Optional.empty(),
        folder.toString());
  }

  private static EngineFailure failure(EngineProcess process) {
    return assertThatExceptionOfType(EngineFailure.class)
        .isThrownBy(() -> process.answer((done, total) -> {}))
        .actual();
  }

  @Test
  void whatTakesTooLongIsStopped() throws Exception {
    try (ServerSocket readers = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EngineProcess process =
            EngineProcess.start(launcher(), EngineProcess.READER, waiting(readers.getLocalPort()));
        Socket reader = readers.accept()) {
      // It waits for the test, which does not answer.
      EngineFailure failure = failure(process.within(Duration.ofMillis(1)));
      assertThat(failure.code()).isEqualTo("too-slow");
      assertThat(failure.family()).isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
      assertThat(reader.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aRefusalSaysItsReasonAndKeepsTheRestForThoseWhoLookForIt() throws Exception {
    Path file = Files.write(folder.resolve("some.pth"), new byte[] {1, 2, 3});
    EngineRequest request = new EngineRequest.InspectWeights(file.toString());
    try (EngineProcess process = EngineProcess.start(launcher(), EngineProcess.READER, request)) {
      EngineFailure failure = failure(process);
      assertThat(failure.getMessage()).startsWith("some.pth: ").doesNotContain("\n");
      assertThat(failure.said())
          .anyMatch(line -> line.contains("at org.bagnetlab.worker"))
          // Java says that at each start; the server would log it as an error.
          .noneMatch(line -> line.contains("incubator"));
    }
  }

  @Test
  void aProcessThatDiesIsTold() throws Exception {
    WorkerLauncher dying =
        slot -> new CommandLine(List.of("sh", "-c", "echo its last words >&2; exit 7"), Map.of());
    try (EngineProcess process =
        EngineProcess.start(dying, EngineProcess.READER, new EngineRequest.InspectWeights("any"))) {
      EngineFailure failure = failure(process);
      assertThat(failure.getMessage()).contains("exited with code 7");
      assertThat(failure.said()).containsExactly("its last words");
    }
  }
}
