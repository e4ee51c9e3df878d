package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.DataDirectoryInUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers start, stop and start again without losing anything. */
class BagnetLabServerTests {

  @TempDir Path data;

  @Test
  void aSecondServerOnADataDirectoryIsRefusedWithTheOwnersProcessId() {
    TestServer server = new TestServer(data);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> new TestServer(data))
        .withCauseInstanceOf(DataDirectoryInUse.class)
        .withMessageContaining("process " + ProcessHandle.current().pid());
    server.close();
    new TestServer(data).close();
  }

  /** A supervisor starts it again and again. */
  @Test
  void aServerWithoutAPortStartsNoJob() throws Exception {
    long waiting;
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      waiting = server.train("bagnet9", 99);
      events.await(
          event -> event.type().equals("progress") && event.data().path("job").asLong() == waiting);
    }
    startsWithoutAPort();
    startsWithoutAPort();
    try (TestServer server = new TestServer(data)) {
      assertThat(causes(server, waiting))
          .filteredOn(cause -> cause.startsWith("the server was stopped"))
          .hasSize(1);
    }
  }

  @Test
  void aServerWithoutAPortLeavesTheDataDirectoryFree() throws Exception {
    startsWithoutAPort();
    new TestServer(data).close();
  }

  private void startsWithoutAPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerSettings settings =
          TestServer.settings(data).with(Endpoint.loopback(taken.getLocalPort())).server();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> TestServer.result(BagnetLabServer.start(settings)))
          .withCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void aRestartedServerHasEverythingAndTellsWhatItStopped() throws Exception {
    long done;
    long stopped;
    JsonNode run;
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      done = server.train("bagnet9", 1);
      events.await(done, "SUCCEEDED");
      run = server.json("/runs/" + done);
      stopped = server.train("bagnet9", 99);
      events.await(
          event -> event.type().equals("progress") && event.data().path("job").asLong() == stopped);
    }
    try (TestServer server = new TestServer(data)) {
      assertThat(server.json("/runs/" + done)).isEqualTo(run);
      assertThat(server.get(run.path("artifacts").get(0).path("url").asText()).body())
          .isEqualTo("weights");
      assertThat(causes(server, stopped))
          .contains("the server was stopped in epoch 2, batch 31 of 150", "requeued automatically");
    }
  }

  private static List<String> causes(TestServer server, long job) throws Exception {
    return server.json("/jobs/" + job + "/timeline").findValuesAsText("cause");
  }

  @Test
  void aKilledServerLosesNothingAndItsJobGoesOn() throws Exception {
    Process process = ServerProcess.start(data);
    long id = Long.parseLong(ServerProcess.firstLine(process));
    process.destroyForcibly().waitFor();
    try (TestServer server = new TestServer(data)) {
      assertThat(causes(server, id))
          .anyMatch(cause -> cause.startsWith("the server died while the job was running"))
          .contains("requeued automatically");
      assertThat(server.json("/runs/" + id).path("history").size()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theDemoIsQueuedOnce() throws Exception {
    try (TestServer server = new TestServer(data)) {
      JsonNode sweep = Json.MAPPER.readTree(server.post("/sweeps", "{\"preset\":\"demo\"}").body());
      assertThat(sweep.path("existing").asBoolean()).isFalse();
      assertThat(sweep.path("jobs")).hasSize(7);
      JsonNode again = Json.MAPPER.readTree(server.post("/sweeps", "{\"preset\":\"demo\"}").body());
      assertThat(again.path("existing").asBoolean()).isTrue();
      assertThat(again.path("jobs")).isEqualTo(sweep.path("jobs"));
      assertThat(server.json("/sweeps/demo").path("jobs")).hasSize(7);
    }
  }

  @Test
  void aDemoThatWasInterruptedGoesOnByItself() throws Exception {
    String demo = "{\"preset\":\"demo\"}";
    long interrupted;
    long succeeded;
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      JsonNode jobs = Json.MAPPER.readTree(server.post("/sweeps", demo).body()).path("jobs");
      succeeded = jobs.get(0).asLong();
      long deleted = jobs.get(1).asLong();
      events.await(jobs.get(6).asLong(), "SUCCEEDED");
      server.send("/api/v1/jobs/" + deleted, HttpRequest.newBuilder().DELETE());
      interrupted =
          Json.MAPPER
              .readTree(
                  server
                      .post(
                          "/jobs",
                          """
                          {"kind":"train","architecture":"bagnet9","dataset":"controlled-15",
                           "seed":99,"sweep":"demo"}
                          """)
                      .body())
              .path("id")
              .asLong();
      events.await(
          event ->
              event.type().equals("progress") && event.data().path("job").asLong() == interrupted);
    }
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      JsonNode sweep = Json.MAPPER.readTree(server.post("/sweeps", demo).body());
      assertThat(sweep.path("existing").asBoolean()).isTrue();
      assertThat(sweep.path("jobs")).hasSize(8);
      events.await(
          event ->
              event.type().equals("progress") && event.data().path("job").asLong() == interrupted);
      assertThat(server.json("/jobs/" + succeeded + "/timeline").path("transitions")).hasSize(3);
      // Asked once more, it has nothing to add.
      assertThat(Json.MAPPER.readTree(server.post("/sweeps", demo).body())).isEqualTo(sweep);
    }
  }
}
