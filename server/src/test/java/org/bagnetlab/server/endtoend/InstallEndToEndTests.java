package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The application as {@code scripts/install} and the images of {@code docker/} have it: the same
 * start script, command, user without rights, read-only root, health check and signal to stop.
 */
@Timeout(240)
class InstallEndToEndTests {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String NOBODY = "65534";

  /** Of the unit and of compose, in seconds. */
  private static final int STOP_GRACE = 120;

  private Path place = Path.of("");

  /** Not below {@code /tmp}, in place of which an installed server has one of its own. */
  @BeforeEach
  void makePlace() throws IOException {
    place = Files.createTempDirectory(Path.of("/var/tmp"), "install");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removePlace() throws IOException {
    FileTree.delete(place);
  }

  private record Outcome(int status, String said) {}

  private static Outcome run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  private static Outcome install(String prefix) throws IOException, InterruptedException {
    return run(
        ROOT.resolve("scripts/install").toString(),
        prefix,
        "--application",
        Application.built().toString());
  }

  /** What a line of the Dockerfile that begins so has in brackets. */
  private static List<String> instruction(String name) throws IOException {
    Matcher found =
        Pattern.compile("(?m)^" + name + " (\\[.*])$")
            .matcher(Files.readString(ROOT.resolve("docker/Dockerfile")));
    assertThat(found.find()).as(name).isTrue();
    return Json.MAPPER.readValue(found.group(1), new TypeReference<List<String>>() {});
  }

  /** Images are built of a part of the tree. */
  @Test
  void imagesAreBuiltWithTheScriptsThatTheBuildCalls() throws IOException {
    String image = Files.readString(ROOT.resolve("docker/Dockerfile"));
    String context = Files.readString(ROOT.resolve("docker/Dockerfile.dockerignore"));
    for (String pom : List.of("server/pom.xml", "jobs/class-path/pom.xml")) {
      List<String> scripts =
          Pattern.compile("multiModuleProjectDirectory}/(scripts/[^<]+)")
              .matcher(Files.readString(ROOT.resolve(pom)))
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(scripts).as(pom).isNotEmpty();
      for (String script : scripts) {
        assertThat(image).containsPattern("(?m)^COPY .*\\b%s .*scripts/$".formatted(script));
        assertThat(context).contains("\n!%s\n".formatted(script));
      }
    }
  }

  @Test
  void installingAgainReplacesTheVersionThatNobodyUses() throws Exception {
    assertThat(install("relative").said()).contains("PREFIX must be an absolute path");
    Path prefix = place.resolve("prefix");
    assertThat(install(prefix.toString()).status()).isZero();
    Path first = prefix.resolve("lib/bagnetlab").toRealPath();
    Process user =
        new ProcessBuilder(
                prefix.resolve("bin/bagnetlab").toString(),
                "serve",
                "--port",
                "0",
                "--data",
                place.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(address(user, place)).startsWith("http://");
      Outcome again = install(prefix.toString());
      assertThat(again.said()).contains("Installed in " + prefix, "systemctl enable --now");
      assertThat(prefix.resolve("lib/bagnetlab").toRealPath()).isNotEqualTo(first);
      assertThat(first.resolve("worker-cpu")).isDirectory();
    } finally {
      user.destroy();
      assertThat(user.waitFor(STOP_GRACE, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(install(prefix.toString()).status()).isZero();
    assertThat(first).doesNotExist();
    assertThat(Files.readString(prefix.resolve("lib/systemd/system/bagnetlab.service")))
        .contains("ExecStart=" + prefix + "/bin/bagnetlab serve")
        .contains("TimeoutStopSec=" + STOP_GRACE)
        .doesNotContain("@PREFIX@");
    if (Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
      Path unit = prefix.resolve("lib/systemd/system/bagnetlab.service");
      assertThat(run("systemd-analyze", "verify", unit.toString())).isEqualTo(new Outcome(0, ""));
    }
    try (var left = Files.list(prefix.resolve("lib"))) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .hasSize(4)
          .contains("bagnetlab", "systemd", "sysusers.d");
    }
    assertThat(run(prefix.resolve("bin/bagnetlab").toString(), "--version").said())
        .startsWith("bagnetlab ");
  }

  @Test
  void anotherUserServesAndTrainsBelowAReadOnlyRoot() throws Exception {
    assumeTrue(
        run("unshare", "--mount", "true").status() == 0,
        "a namespace for mounts needs root, and leave to make it");
    Path prefix = place.resolve("prefix");
    assertThat(install(prefix.toString()).status()).isZero();
    Path data = Files.createDirectory(place.resolve("data"));
    SmallScenes.importInto(data.resolve("datasets"));
    assertThat(run("chown", "-R", NOBODY + ":" + NOBODY, data.toString()).status()).isZero();

    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                """
                set -e
                mount --bind "$1" "$1"
                mount -t tmpfs -o exec tmpfs /tmp
                mount -o remount,bind,ro /
                if touch "$2/probe" 2>/dev/null; then echo "the root is not read-only" >&2; exit 9; fi
                export BAGNETLAB_DATA="$1" HOME="$1"
                program="$2/bin/bagnetlab"
                shift 2
                exec setpriv --reuid NOBODY --regid NOBODY --clear-groups --inh-caps=-all --no-new-privs "$program" "$@"
                """
                    .replace("NOBODY", NOBODY),
                "sh",
                data.toString(),
                prefix.toString()));
    command.addAll(instruction("CMD"));
    command.addAll(List.of("--port", "0"));
    Path errors = place.resolve("errors.txt");
    Process server = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      String address = address(server, errors);
      assertThat(health(address)).isEqualTo(new Outcome(0, ""));

      String token = Files.readString(data.resolve(TokenFile.FIRST)).strip();
      String[] there = {"--server", address.replace("0.0.0.0", "127.0.0.1"), "--token", token};
      Outcome queued =
          cli(
              prefix,
              there,
              "submit",
              "train",
              "--arch",
              "bagnet9",
              "--dataset",
              SmallScenes.NAME,
              "--size",
              "64",
              "--width",
              "0.03",
              "--epochs",
              "1",
              "--json");
      String job = Json.MAPPER.readTree(queued.said()).path("id").asText();
      Outcome watched = cli(prefix, there, "watch", job);
      assertThat(watched.said()).containsIgnoringCase("succeeded");
      assertThat(watched.status()).isZero();

      server.destroy();
      assertThat(server.waitFor(STOP_GRACE, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isEqualTo(143);
      assertThat(Files.readString(errors)).doesNotContain(token, "Exception", "WARNING: ");
      assertThat(data.resolve("runs").resolve(job).resolve("log.txt"))
          .content()
          .as("Java warns of nothing")
          .contains("Fast path")
          .doesNotContain("WARNING: ");
    } finally {
      server.destroyForcibly();
    }
  }

  private static String address(Process server, Path errors) throws IOException {
    BufferedReader output = server.inputReader();
    Pattern address = Pattern.compile("Bagnet Lab is at (http://\\S+)");
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = address.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new AssertionError(Files.readString(errors));
  }

  /** The image's health check, at the port that this server has. */
  private static Outcome health(String address) throws IOException, InterruptedException {
    return run(
        ROOT.resolve("docker/health").toString(), Integer.toString(URI.create(address).getPort()));
  }

  private static Outcome cli(Path prefix, String[] there, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(prefix.resolve("bin/bagnetlab").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of(there));
    return run(command.toArray(String[]::new));
  }
}
