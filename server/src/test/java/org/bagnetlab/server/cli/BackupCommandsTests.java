package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.backup.Restoration;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.IncompleteRestoration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab that is saved while it works is the same after it was restored. */
@Timeout(180)
class BackupCommandsTests {

  /** A training that goes on until it is stopped. */
  private static final long ENDLESS = 99;

  private static final List<String> PAGES = List.of("/comparison", "/runs", "/claims", "/results");

  private final TerminalOfTests terminal = new TerminalOfTests();

  @TempDir Path folder;

  @AfterEach
  void restore() {
    terminal.close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path restored() {
    return folder.resolve("restored");
  }

  private Path file() {
    return folder.resolve("lab.zip");
  }

  private static List<JsonNode> pages(TestServer server) throws Exception {
    List<JsonNode> pages = new ArrayList<>();
    for (String page : PAGES) {
      pages.add(server.json(page));
    }
    return pages;
  }

  private static List<String> artifacts(TestServer server, long... runs) throws Exception {
    List<String> artifacts = new ArrayList<>();
    for (long run : runs) {
      for (JsonNode artifact : server.json("/runs/" + run).path("artifacts")) {
        artifacts.add(
            artifact.path("sha256").asText()
                + bytes(server, "/artifacts/" + artifact.path("id").asLong()));
      }
      artifacts.add(bytes(server, "/jobs/" + run + "/log"));
    }
    return artifacts;
  }

  /** Of whatever media type. */
  private static String bytes(TestServer server, String path) throws Exception {
    return server.sendUndescribed("/api/v1" + path, HttpRequest.newBuilder()).body();
  }

  private int backUp(TestServer server) {
    return terminal.run("backup", file().toString(), "--server", server.at("").toString());
  }

  private int restoreFrom(Path file) {
    return terminal.run("restore", file.toString(), "--data", restored().toString());
  }

  @Test
  void aLabThatIsSavedWhileAJobRunsIsTheSame() throws Exception {
    List<JsonNode> pages;
    List<String> artifacts;
    long first;
    long second;
    try (TestServer server = new TestServer(data());
        EventStream events = server.events("")) {
      first = server.train("bagnet9", 1);
      second = server.train("resnet50", 2);
      events.await(second, "SUCCEEDED");
      long running = server.train("bagnet9", ENDLESS);
      events.await(running, "RUNNING");
      pages = pages(server);
      artifacts = artifacts(server, first, second);
      assertThat(backUp(server)).isZero();
      assertThat(terminal.said()).contains("Saved 3 jobs, ").doesNotContain("Warning");
    }
    assertThat(artifacts).hasSizeGreaterThan(4);
    assertThat(restoreFrom(file())).isZero();
    assertThat(terminal.said()).contains("Restored 3 jobs, ", "serve --data " + restored());
    assertThat(restored().resolve(".restoring")).doesNotExist();
    try (TestServer server = new TestServer(restored())) {
      assertThat(pages(server)).isEqualTo(pages);
      assertThat(artifacts(server, first, second)).isEqualTo(artifacts);
      assertThat(server.job(3).path("state").asText()).isIn("RUNNING", "QUEUED");
    }
  }

  @Test
  void secretsAreNotSaved() throws Exception {
    String token = TokenFile.in(data(), Clock.systemUTC()).add("ann", Role.OPERATOR);
    Files.writeString(
        data().resolve("bagnetlab.yaml"),
        """
        # once it was another secret: OLDSECRET
        disk: {reserve: 1MB}
        webhooks:
          - url: http://127.0.0.1:1/hooks/HOOKKEY
            secret: WEBHOOKSECRET
            events: [needs-help]
        messages:
          mail:
            - {host: 127.0.0.1, user: lab, password: MAILSECRET, from: a@b.c, to: [d@e.f]}
          slack:
            - {url: "http://127.0.0.1:1/SLACKKEY", events: [needs-help]}
        """);
    try (TestServer server = new TestServer(data())) {
      server.train("bagnet9", 1);
      assertThat(backUp(server)).isZero();
      assertThat(terminal.said().strip().lines().toList().get(1))
          .startsWith("Not in it: tokens")
          .contains("webhooks");
    }
    String bytes = Files.readString(file(), StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .doesNotContain(
            "OLDSECRET", "HOOKKEY", "WEBHOOKSECRET", "MAILSECRET", "SLACKKEY", "tokens.json", token)
        .contains("identity", "reserve");
    assertThat(restoreFrom(file())).isZero();
    assertThat(Files.readString(restored().resolve("bagnetlab.yaml"))).contains("reserve");
  }

  @Test
  void aDamagedBackupIsRefused() throws Exception {
    long job;
    try (TestServer server = new TestServer(data());
        EventStream events = server.events("")) {
      job = server.train("bagnet9", 1);
      events.await(job, "SUCCEEDED");
      assertThat(terminal.run("backup", file().toString(), "--data", data().toString()))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("--server URL").hasLineCount(1);
      assertThat(file()).doesNotExist();
    }
    assertThat(terminal.run("backup", file().toString(), "--data", data().toString(), "--json"))
        .isZero();
    assertThat(Json.MAPPER.readTree(terminal.said()).path("jobs").asInt()).isEqualTo(1);
    assertThat(terminal.run("backup", file().toString(), "--data", data().toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("exists: choose another name");

    Path artifact = artifact(job);
    String whole = Files.readString(file(), StandardCharsets.ISO_8859_1);
    Matcher header =
        Pattern.compile("PK\003\004.{26}" + data().relativize(artifact), Pattern.DOTALL)
            .matcher(whole);
    assertThat(header.find()).isTrue();
    int place =
        whole.indexOf(Files.readString(artifact, StandardCharsets.ISO_8859_1), header.end());
    Path damaged = Files.copy(file(), folder.resolve("damaged.zip"));
    try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
      bytes.seek(place);
      bytes.write(whole.charAt(place) ^ 1);
    }
    assertThat(restoreFrom(damaged)).isEqualTo(1);
    assertThat(terminal.said())
        .contains(data().relativize(artifact) + " is damaged in it")
        .hasLineCount(1);
    assertThat(restored()).isDirectoryNotContaining(entry -> !entry.endsWith("server.lock"));

    assertThat(restoreFrom(file())).isZero();
    terminal.said();
    assertThat(restoreFrom(file())).isEqualTo(1);
    assertThat(terminal.said()).contains("is not empty").hasLineCount(1);
  }

  private Path artifact(long job) throws Exception {
    try (Stream<Path> files = Files.list(data().resolve("artifacts").resolve("" + job))) {
      return files.filter(file -> file.toString().endsWith(".bin")).findFirst().orElseThrow();
    }
  }

  /** What retention and deletions removed before is lost; the backup of a damaged lab says so. */
  @Test
  void whatTheLabHasLostIsSaid() throws Exception {
    long job;
    try (TestServer server = new TestServer(data());
        EventStream events = server.events("")) {
      job = server.train("bagnet9", 1);
      events.await(job, "SUCCEEDED");
    }
    Path lost = artifact(job);
    Files.delete(lost);
    assertThat(terminal.run("backup", file().toString(), "--data", data().toString())).isZero();
    assertThat(terminal.said())
        .contains("Warning: " + data().relativize(lost) + " is missing in the lab.");
  }

  @Test
  void aBackupThatIsKilledLeavesNoFile() throws Exception {
    try (TestServer server = new TestServer(data())) {
      server.get("/api/v1/jobs");
    }
    Path large = Files.createDirectories(data().resolve("datasets/large")).resolve("image");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(4L << 30);
    }
    Path part = folder.resolve("lab.zip.part");
    Process backup =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "backup",
                file().toString(),
                "--data",
                data().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (backup.isAlive() && (Files.notExists(part) || Files.size(part) < 1 << 20)) {
      Thread.onSpinWait();
    }
    backup.destroyForcibly().waitFor();
    assertThat(file()).doesNotExist();
    assertThat(part).exists();
    assertThat(restoreFrom(part)).isEqualTo(1);
    assertThat(terminal.said()).contains("was interrupted: make another").hasLineCount(1);
    Files.move(part, file());
    assertThat(restoreFrom(file())).isEqualTo(1);
    assertThat(terminal.said()).contains("it is incomplete, or no zip file").hasLineCount(1);
    Files.delete(file());
    Files.delete(large);
    assertThat(terminal.run("backup", file().toString(), "--data", data().toString())).isZero();
    assertThat(restoreFrom(file())).isZero();
  }

  @Test
  void aSecondBackupAtOnceIsRefusedWhileTheFirstIsRead() throws Exception {
    try (TestServer server = new TestServer(data())) {
      Path large = Files.createDirectories(data().resolve("datasets/large")).resolve("image");
      try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
        sparse.setLength(256L << 20);
      }
      var first =
          java.net.http.HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.at("/api/v1/backup")).build(),
                  java.net.http.HttpResponse.BodyHandlers.ofInputStream());
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(backUp(server)).isEqualTo(1);
      assertThat(terminal.said()).contains("Another backup of this lab").hasLineCount(1);
      first.body().close();
    }
  }

  /** What is removed meanwhile is whole in the backup, or left out; nothing else is lost. */
  @Test
  void runsAndDataSetsMayBeDeletedWhileABackupIsServed() throws Exception {
    try (TestServer server = new TestServer(data());
        EventStream events = server.events("")) {
      long kept = server.train("bagnet9", 1);
      long deleted = server.train("resnet50", 2);
      events.await(deleted, "SUCCEEDED");
      List<String> artifacts = artifacts(server, kept, deleted);
      List<Path> folders =
          List.of(data().resolve("datasets/first"), data().resolve("datasets/second"));
      for (Path each : folders) {
        try (RandomAccessFile sparse =
            new RandomAccessFile(Files.createDirectories(each).resolve("image").toFile(), "rw")) {
          sparse.setLength(64L << 20); // more than is on its way to a client that does not read
        }
      }
      var backup =
          java.net.http.HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.at("/api/v1/backup")).build(),
                  java.net.http.HttpResponse.BodyHandlers.ofInputStream());
      assertThat(backup.statusCode()).isEqualTo(200);
      try (InputStream body = backup.body();
          OutputStream zip = Files.newOutputStream(file())) {
        zip.write(body.read());
        assertThat(delete(server, "/jobs/" + deleted)).isEqualTo(204);
        assertThat(delete(server, "/datasets/second")).isEqualTo(204);
        assertThat(folders.get(1)).doesNotExist();
        body.transferTo(zip);
      }
      assertThat(restoreFrom(file())).isZero();
      assertThat(terminal.said())
          .contains("Restored 2 jobs, ", "datasets/second was removed or changed meanwhile")
          .doesNotContain("missing", "damaged");
      assertThat(restored().resolve("datasets/first/image")).hasSize(64L << 20);
      assertThat(restored().resolve("datasets/second")).doesNotExist();
      try (TestServer again = new TestServer(restored())) {
        assertThat(artifacts(again, kept, deleted)).isEqualTo(artifacts);
      }
    }
  }

  private static int delete(TestServer server, String path) throws Exception {
    return server.sendUndescribed("/api/v1" + path, HttpRequest.newBuilder().DELETE()).statusCode();
  }

  @Test
  void aBackupThatCannotBeginLetsTheNextOneBegin() throws Exception {
    try (TestServer server = new TestServer(data())) {
      Path uploads = data().resolve("uploads");
      Files.move(uploads, folder.resolve("away"));
      assertThat(backUp(server)).isEqualTo(1);
      assertThat(file()).doesNotExist();
      Files.move(folder.resolve("away"), uploads);
      assertThat(backUp(server)).isZero();
    }
  }

  /** What a restoration leaves that is killed while it puts files in place. */
  @Test
  void aRestorationThatWasKilledStartsNoServerUntilItIsRunAgain() throws Exception {
    try (TestServer server = new TestServer(data())) {
      assertThat(backUp(server)).isZero();
    }
    assertThat(restoreFrom(file())).isZero();
    Path marker = Files.createDirectory(restored().resolve(".restoring"));
    Files.createDirectory(marker.resolve("artifacts"));
    Files.delete(restored().resolve("identity"));
    Files.writeString(restored().resolve("left"), "by the first");
    terminal.said();
    String another = folder.resolve("another.zip").toString();
    assertThat(terminal.run("backup", another, "--data", restored().toString())).isEqualTo(1);
    assertThat(terminal.said())
        .contains(restored() + " was not restored completely: run restore again.")
        .hasLineCount(1);
    assertThatThrownBy(() -> new TestServer(restored()).close())
        .hasRootCauseInstanceOf(IncompleteRestoration.class);
    assertThatExceptionOfType(IncompleteRestoration.class)
        .isThrownBy(() -> DataDirectory.open(restored()));
    assertThat(restored().resolve("identity")).doesNotExist();
    assertThat(terminal.run("token", "add", "ann", "--data", restored().toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("run restore again").hasLineCount(1);
    assertThat(restored().resolve(TokenFile.NAME)).doesNotExist();

    assertThat(restoreFrom(file())).isZero();
    assertThat(marker).doesNotExist();
    assertThat(restored().resolve("left")).doesNotExist();
    try (TestServer server = new TestServer(restored())) {
      assertThat(server.json("/comparison").isObject()).isTrue();
    }
  }

  @Test
  void twoRestorationsIntoOneDirectoryAreExcluded() throws Exception {
    try (TestServer server = new TestServer(data())) {
      assertThat(backUp(server)).isZero();
    }
    terminal.said();
    List<String> second = new ArrayList<>();
    try (Restoration backup = Restoration.open(file())) {
      backup.into(
          restored(),
          block -> {
            if (second.isEmpty()) {
              assertThat(restoreFrom(file())).isEqualTo(1);
              second.add(terminal.said());
            }
          });
    }
    assertThat(second.get(0)).contains("in use by another server or restore").hasLineCount(1);
    try (TestServer server = new TestServer(restored())) {
      assertThat(server.json("/comparison").isObject()).isTrue();
      assertThat(restoreFrom(file())).isEqualTo(1);
      assertThat(terminal.said()).contains("is not empty").hasLineCount(1);
    }
  }

  @Test
  void aRestorationThatFailsInBetweenKeepsItsMarker() throws Exception {
    try (TestServer server = new TestServer(data())) {
      assertThat(backUp(server)).isZero();
    }
    try (Restoration backup = Restoration.open(file())) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  backup.into(
                      restored(),
                      block -> {
                        throw new IllegalStateException("ended in between");
                      }));
    }
    assertThatExceptionOfType(IncompleteRestoration.class)
        .isThrownBy(() -> DataDirectory.open(restored()));
    assertThat(Files.getPosixFilePermissions(restored())).isEqualTo(DataDirectory.OWNER_ONLY);
    assertThat(restoreFrom(file())).isZero();
    DataDirectory.open(restored()).close();
  }
}
