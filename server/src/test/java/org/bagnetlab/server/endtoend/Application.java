package org.bagnetlab.server.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.vision.dataset.imported.DatasetException;

/** The built application directory, run as the launcher runs it. */
final class Application {

  private static final Pattern ADDRESS = Pattern.compile("Bagnet Lab is at (https?://\\S+)");

  private final Path directory;
  private final Path data;
  private final Map<String, String> variables;
  private final List<String> starter;

  Application(Path data) {
    this(data, Map.of());
  }

  Application(Path data, Map<String, String> variables) {
    this(built(), data, variables, List.of());
  }

  private Application(
      Path directory, Path data, Map<String, String> variables, List<String> starter) {
    this.directory = directory;
    this.data = data;
    this.variables = variables;
    this.starter = starter;
  }

  /** One from another directory than that which was built. */
  static Application from(Path directory, Path data) {
    return from(directory, data, Map.of());
  }

  /** The same, with environment variables. */
  static Application from(Path directory, Path data, Map<String, String> variables) {
    return new Application(directory, data, variables, List.of());
  }

  /** The directory that was built. */
  static Path built() {
    return Path.of(System.getProperty("application.directory"));
  }

  /**
   * One whose processes are a group, and heed signals, as those of a terminal's command do: what a
   * shell starts in the background would ignore SIGINT, and its children with it.
   */
  Application asGroup() {
    return new Application(
        directory, data, variables, List.of("env", "--default-signal=INT,HUP,TERM", "setsid"));
  }

  /** The same, whose lab has {@link SmallScenes}: what is trained on them is done in a moment. */
  Application withSmallScenes() throws IOException, DatasetException {
    SmallScenes.importInto(data.resolve("datasets"));
    return this;
  }

  /** A server process and its address. */
  record Running(Process process, String address) {
    /** Ends the process as a power cut would, at once. */
    void kill() {
      process.destroyForcibly();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  /** What a command printed, and its exit status. */
  record Outcome(int status, String output, String errors) {}

  Running serve(String... options) throws IOException {
    return serve(0, options);
  }

  /** Serves at the address of a server that has ended, to which pages in browsers go back. */
  Running serveAgain(Running before) throws IOException {
    return serve(URI.create(before.address()).getPort());
  }

  private Running serve(int port, String... options) throws IOException {
    Files.createDirectories(data);
    // A file takes whatever the server says; a pipe that nobody reads would stop it.
    Path errors = data.resolve("serve-errors.txt");
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--port", Integer.toString(port), "--data", data.toString()));
    arguments.addAll(List.of(options));
    Process process =
        start(ProcessBuilder.Redirect.appendTo(errors.toFile()), arguments.toArray(String[]::new));
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        drain(output);
        return new Running(process, address.group(1));
      }
    }
    throw new AssertionError(Files.readString(errors));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile("errors", ".txt");
    Process process = start(ProcessBuilder.Redirect.to(log.toFile()), arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String errors = Files.readString(log);
    Files.delete(log);
    return new Outcome(status, output, errors);
  }

  private static void drain(BufferedReader output) {
    Thread reader =
        new Thread(
            () -> {
              try (output) {
                output.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // The server was killed.
              }
            },
            "server-output");
    reader.setDaemon(true);
    reader.start();
  }

  private Process start(ProcessBuilder.Redirect errors, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            // Many short-lived processes on few cores: they start in half the time.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + directory.resolve("server").resolve("classes.jsa"),
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Dbagnetlab.app=" + directory,
            "-cp",
            directory.resolve("server").resolve("*").toString(),
            "org.bagnetlab.server.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BAGNETLAB_DATA", data.toString());
    builder.environment().putAll(variables);
    return builder.redirectError(errors).start();
  }
}
