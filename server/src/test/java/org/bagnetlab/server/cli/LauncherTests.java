package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which Java the start scripts take, on machines made of shell scripts: each has its own path, its
 * own place of JDKs, and perhaps apt-get.
 */
@Timeout(60)
class LauncherTests {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** All that the launcher needs of a system. */
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "bash",
          "chmod",
          "cut",
          "date",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "ln",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "tail",
          "timeout",
          "touch",
          "tr",
          "wc");

  private static final String NONE =
      " Install one (Debian 13: apt install openjdk-25-jdk-headless; others: https://adoptium.net/),"
          + " or set JAVA_HOME.\n";

  /** A tree, a directory of programs and a place of JDKs. */
  @TempDir Path machine;

  private record Outcome(int status, String output, String errors) {}

  @BeforeEach
  void makeMachine() throws IOException {
    Path programs = Files.createDirectories(machine.resolve("bin"));
    Files.createDirectories(machine.resolve("jdks"));
    for (String tool : TOOLS) {
      Path found =
          List.of("/usr/bin", "/bin").stream()
              .map(directory -> Path.of(directory, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new IOException("no " + tool));
      // No links, of which JUnit would warn when it removes them.
      script(programs.resolve(tool), "exec %s \"$@\"".formatted(found));
    }
    program("id", "echo 1000");
    Path tree = machine.resolve("tree");
    for (String source : List.of("storage", "jobs", "web", "server", "scripts")) {
      Files.createDirectories(tree.resolve(source));
    }
    Files.writeString(tree.resolve("pom.xml"), "");
    Files.copy(ROOT.resolve("bagnetlab"), tree.resolve("bagnetlab"));
    Files.copy(ROOT.resolve("scripts/find-java"), tree.resolve("scripts/find-java"));
    script(tree.resolve("mvnw"), "echo \"$JAVA_HOME\" >'%s'".formatted(machine.resolve("maven")));
    Path build = Files.createDirectories(tree.resolve("target/builds/1"));
    Files.createSymbolicLink(tree.resolve("target/builds/current"), build);
    Files.writeString(build.resolve("built"), "");
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void program(String name, String body) throws IOException {
    script(machine.resolve("bin").resolve(name), body);
  }

  /** Its java says which one it is, and with what it was called. */
  private Path runtime(String name, String version) throws IOException {
    Path home = machine.resolve("jdks").resolve(name);
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), "echo \"%s $JAVA_HOME $*\"".formatted(name));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"N/A\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = runtime(name, version);
    script(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  private void onThePath(Path home) throws IOException {
    Files.createSymbolicLink(machine.resolve("bin/java"), home.resolve("bin/java"));
  }

  private Outcome launch(Path script, Map<String, String> environment) throws Exception {
    return launch(script, environment, "--version");
  }

  private Outcome launch(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    Path output = machine.resolve("output");
    Path errors = machine.resolve("errors");
    ProcessBuilder launcher =
        new ProcessBuilder(
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    launcher.environment().clear();
    launcher
        .environment()
        .putAll(
            Map.of(
                "PATH", machine.resolve("bin").toString(),
                "HOME", machine.toString(),
                "BAGNETLAB_JDKS", "/nowhere:" + machine.resolve("jdks")));
    launcher.environment().putAll(environment);
    int status = launcher.start().waitFor();
    return new Outcome(
        status,
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  private Outcome launch() throws Exception {
    return launch(machine.resolve("tree/bagnetlab"), Map.of());
  }

  private void assertTaken(Outcome outcome, Path home) {
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .startsWith("%s %s ".formatted(home.getFileName(), home))
        .endsWith("org.bagnetlab.server.cli.Main --version\n");
  }

  @Test
  void aNewerOneIsFoundWhereTheDefaultIsOlder() throws Exception {
    onThePath(jdk("default", "17.0.21"));
    jdk("ancient", "1.8.0_452");
    jdk("next", "27-ea");
    Path lts = jdk("lts", "25.0.3");
    runtime("without-compiler", "25.0.3");
    assertTaken(launch(), lts);
  }

  @Test
  void anOlderJavaHomeIsNotTaken() throws Exception {
    Path older = jdk("older", "21.0.9");
    Path lts = jdk("lts", "25");
    Path launcher = machine.resolve("tree/bagnetlab");
    assertTaken(launch(launcher, Map.of("JAVA_HOME", older.toString())), lts);
    assertTaken(launch(launcher, Map.of("JAVA_HOME", "/nowhere")), lts);
  }

  /** It may lie where no list of places has it. */
  @Test
  void thatOfThePathIsTakenIfJavaHomeIsOlder() throws Exception {
    Path older = jdk("older", "21.0.9");
    Path own = jdk("own", "25.0.3");
    Path elsewhere = machine.resolve("own");
    Files.move(own, elsewhere);
    onThePath(elsewhere);
    assertTaken(
        launch(machine.resolve("tree/bagnetlab"), Map.of("JAVA_HOME", older.toString())),
        elsewhere);
  }

  @Test
  void theDefaultIsTakenIfItIsNewEnough() throws Exception {
    Path next = jdk("next", "26.0.1");
    Path lts = jdk("lts", "25.0.3");
    onThePath(next);
    assertTaken(launch(), next);
    assertTaken(
        launch(machine.resolve("tree/bagnetlab"), Map.of("JAVA_HOME", lts.toString())), lts);
  }

  /** Such as those of jenv and asdf. */
  @Test
  void aProgramThatChoosesAJavaIsAskedForIt() throws Exception {
    Path lts = jdk("lts", "25.0.3");
    Path elsewhere = machine.resolve("elsewhere");
    Files.move(lts, elsewhere);
    program("java", "echo '    java.home = %s' >&2".formatted(elsewhere));
    assertThat(launch().output()).startsWith("lts " + elsewhere);
  }

  @Test
  void mavenRunsOnTheSame() throws Exception {
    onThePath(jdk("default", "17.0.21"));
    Path lts = jdk("lts", "25.0.3");
    Files.delete(machine.resolve("tree/target/builds/1/built"));
    Outcome outcome = launch();
    assertThat(outcome.errors()).contains("Built in ");
    assertThat(outcome.output()).startsWith("lts " + lts);
    assertThat(machine.resolve("maven")).hasContent(lts.toString());
  }

  private Outcome buildForGpus() throws Exception {
    return launch(machine.resolve("tree/bagnetlab"), Map.of(), "build", "torch-cuda");
  }

  /** A repository with these of NVIDIA's jars; Maven says this of the others. */
  private void repository(String jars, String refusal) throws IOException {
    script(
        machine.resolve("tree/mvnw"),
        """
        for argument; do
          case $argument in
            -Dartifact=*) artifact=${argument#*=} ;;
            -DoutputDirectory=*) directory=${argument#*=} ;;
            -Dapplication.directory=*) mkdir -p "${argument#*=}/worker-torch-cuda" ;;
          esac
        done
        [ -n "$artifact" ] || exit 0
        IFS=:
        set -- $artifact
        case ' %s ' in
          *" $2 "*) mkdir -p "$directory" && echo jar >"$directory/$2-$3-$5.jar" ;;
          *) echo '[ERROR] %s' && exit 1 ;;
        esac"""
            .formatted(jars, refusal));
  }

  @Test
  void librariesOfCudaAreTakenFromTheRepositoriesThatHaveThem() throws Exception {
    jdk("lts", "25.0.3");
    Files.copy(
        ROOT.resolve("scripts/cuda-libraries"), machine.resolve("tree/scripts/cuda-libraries"));
    repository("cuda-redist", "Could not find artifact");
    Outcome some = buildForGpus();
    assertThat(some.errors())
        .contains(
            "Found cuda-redist: 0 MB.",
            "Not found in Maven's repositories: cuda-redist-cublas cuda-redist-cudnn ",
            "sudo apt install libcublas-13-3 libcudnn9-cuda-13 libcusolver-13-3 libcusparse-13-3"
                + " libnccl2\n",
            "Built in ")
        .doesNotContain("could not be fetched");
    assertThat(jarsForGpus()).containsExactly("cuda-redist-13.3-9.25-1.5.14-linux-x86_64.jar");
    assertThat(buildForGpus().errors()).doesNotContain("Found").endsWith("Up to date.\n");

    repository("cuda-redist-nccl", "Connection timed out");
    assertThat(buildForGpus().errors())
        .contains(
            "Found cuda-redist-nccl",
            "cuda-redist-cublas could not be fetched: [ERROR] Connection timed out",
            "Built in ");
    assertThat(jarsForGpus())
        .containsExactly(
            "cuda-redist-13.3-9.25-1.5.14-linux-x86_64.jar",
            "cuda-redist-nccl-13.3-9.25-1.5.14-linux-x86_64.jar");
  }

  private List<String> jarsForGpus() throws IOException {
    try (Stream<Path> jars =
        Files.list(machine.resolve("tree/target/builds/current/worker-torch-cuda"))) {
      return jars.map(jar -> jar.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void oneLineSaysThatThereIsNone() throws Exception {
    assertThat(launch())
        .isEqualTo(new Outcome(1, "", "bagnetlab: no JDK 25 or newer found." + NONE));
    onThePath(jdk("default", "17.0.21"));
    runtime("without-compiler", "25.0.3");
    assertThat(launch())
        .isEqualTo(
            new Outcome(
                1,
                "",
                "bagnetlab: no JDK 25 or newer found; the default one is version 17." + NONE));
    Files.delete(machine.resolve("bin/java"));
    onThePath(machine.resolve("jdks/without-compiler"));
    assertThat(launch().errors())
        .isEqualTo(
            "bagnetlab: no JDK 25 or newer found; the default one is version 25 without a compiler."
                + NONE);
  }

  @Test
  void rootOnDebianGetsOne() throws Exception {
    Path lts = jdk("lts", "25.0.3");
    Path packaged = machine.resolve("packaged");
    Files.move(lts, packaged);
    program("id", "echo 0");
    program("apt-cache", "[ \"$*\" = 'show openjdk-25-jdk-headless' ]");
    program(
        "apt-get",
        """
        case $* in
          'update -qq') echo 'W: that of no interest' >&2 ;;
          'install -y -qq --no-install-recommends openjdk-25-jdk-headless') mv '%s' '%s' ;;
          *) exit 1 ;;
        esac"""
            .formatted(packaged, lts));
    Outcome outcome = launch();
    assertThat(outcome.errors()).isEqualTo("Installing a JDK: openjdk-25-jdk-headless.\n");
    assertThat(outcome.output()).startsWith("lts " + lts);
    assertTaken(launch(), lts);
  }

  /** An earlier Debian, or one that its archive cannot be reached from. */
  @Test
  void noneIsInstalledWhereThereIsNoPackage() throws Exception {
    program("id", "echo 0");
    program("apt-get", "[ $1 = update ]");
    program("apt-cache", "exit 100");
    assertThat(launch())
        .isEqualTo(
            new Outcome(
                1,
                "",
                "No JDK 25 or newer found. Looking for one among Debian's packages.\n"
                    + "bagnetlab: no JDK 25 or newer found."
                    + NONE));
  }

  /** It compiles nothing. */
  @Test
  void anInstalledApplicationNeedsNoCompiler() throws Exception {
    Path application = machine.resolve("prefix/lib/bagnetlab");
    Files.createDirectories(application.resolve("server"));
    Files.createDirectories(machine.resolve("prefix/bin"));
    Files.copy(ROOT.resolve("scripts/find-java"), application.resolve("find-java"));
    Path launcher = machine.resolve("prefix/bin/bagnetlab");
    Files.copy(ROOT.resolve("docker/bagnetlab"), launcher);
    onThePath(jdk("default", "21.0.9"));
    assertThat(launch(launcher, Map.of()))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "bagnetlab: no Java 25 or newer found; the default one is version 21."
                    + NONE.replace("jdk-headless", "jre-headless")));
    Path lts = runtime("lts", "25.0.3");
    assertTaken(launch(launcher, Map.of()), lts);
  }
}
