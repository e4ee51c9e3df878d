package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is ill, the doctor tells all that it found. */
@Timeout(60)
class DoctorCommandTests {

  private final TerminalOfTests terminal = new TerminalOfTests();

  /** An application without an engine. */
  @TempDir Path application;

  @TempDir Path data;

  @BeforeEach
  void noEngine() {
    System.setProperty(LocalLauncher.APPLICATION, application.toString());
  }

  @AfterEach
  void restore() {
    terminal.close();
    System.clearProperty(LocalLauncher.APPLICATION);
  }

  private JsonNode json() throws Exception {
    assertThat(terminal.run("doctor", "--json", "--data", data.toString())).isEqualTo(1);
    return Json.MAPPER.readTree(terminal.said().lines().reduce("", (all, line) -> line));
  }

  @Test
  void anEngineThatDoesNotStartIsToldWithAllElse() throws Exception {
    assertThat(terminal.run("doctor", "--data", data.toString())).isEqualTo(1);
    assertThat(terminal.said())
        .contains(
            "Java          %s, %s"
                .formatted(System.getProperty("java.version"), System.getProperty("java.home")),
            "Processor     ",
            "Memory        ",
            "Data          ",
            data.toString())
        .contains("Settings      defaults (" + data)
        .contains("Engine        NOT WORKING: ");
    JsonNode report = json();
    assertThat(report.path("cores").asInt()).isPositive();
    assertThat(report.path("engine").path("fastPath").asBoolean(true)).isFalse();
    assertThat(report.path("engine").path("evidence").asText()).isNotEmpty();
  }

  @Test
  void theSettingsAreRead() throws Exception {
    Path settings = Files.writeString(data.resolve("bagnetlab.yaml"), "disk: {quota: 50GB}\n");
    terminal.run("doctor", "--data", data.toString());
    assertThat(terminal.said()).contains("Settings      %s: valid".formatted(settings));
    assertThat(json().path("settings").has("problem")).isFalse();
    Files.writeString(settings, "disk: {quota: much}\n");
    terminal.run("doctor", "--data", data.toString());
    assertThat(terminal.said())
        .contains("Settings      INVALID: %s, disk.quota: ".formatted(settings));
    assertThat(json().path("settings").path("problem").asText()).contains("much");
  }

  @Test
  void secretsThatOthersCanReadAreTold() throws Exception {
    Path settings =
        Files.writeString(
            data.resolve("bagnetlab.yaml"),
            """
            messages:
              mail:
                - {host: h, user: lab, password: SECRET, from: a@b.c, to: [d@e.f]}
              ntfy:
                - {url: 'https://h.example/KEY'}
            """);
    for (String open : List.of("rw-r--r--", "rw-r-----")) {
      Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString(open));
      terminal.run("doctor", "--data", data.toString());
      assertThat(terminal.said())
          .contains("Settings      " + settings + " contains secrets", "chmod 600")
          .doesNotContain("SECRET", "KEY");
    }
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
    assertThat(json().path("settings").has("warning")).isFalse();
  }

  @Test
  void recipientsAndTheTimeOfTheDailyMessageAreTold() throws Exception {
    Files.writeString(
        data.resolve("bagnetlab.yaml"),
        """
        messages:
          daily: "07:30"
          slack: [{url: 'https://hooks.example/KEY'}]
        """);
    terminal.run("doctor", "--data", data.toString());
    assertThat(terminal.said())
        .contains(
            "Messages to   slack at https://hooks.example\n",
            "Daily message 07:30 (",
            "work only on this machine: set address in bagnetlab.yaml")
        .doesNotContain("KEY");
    JsonNode messages = json().path("settings").path("messages");
    assertThat(messages.path("daily").asText()).startsWith("07:30 (");
    assertThat(messages.path("recipients").get(0).path("host").asText())
        .isEqualTo("https://hooks.example");
    Files.writeString(data.resolve("bagnetlab.yaml"), "address: https://lab.example.org\n");
    assertThat(json().path("settings").path("messages").path("links").asText())
        .isEqualTo("Links in messages lead to https://lab.example.org/");
  }
}
