package org.bagnetlab.server.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built application directory, run as the launcher runs it. */
final class Application {

  private static final Pattern ADDRESS = Pattern.compile("Bagnet Lab is at (http://\\S+)");

  private final Path data;

  Application(Path data) {
    this.data = data;
  }

  /** A server process and its address. */
  record Running(Process process, String address) {
    /** Ends the process as a power cut would, at once. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** What a command printed, and its exit status. */
  record Outcome(int status, String output, String errors) {}

  Running serve() throws IOException {
    Process process = start("serve", "--port", "0", "--data", data.toString());
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new Running(process, address.group(1));
      }
    }
    throw new AssertionError(
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output, errors);
  }

  private Process start(String... arguments) throws IOException {
    Path directory = Path.of(System.getProperty("application.directory"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dbagnetlab.app=" + directory,
                "-cp",
                directory.resolve("server").resolve("*").toString(),
                "org.bagnetlab.server.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BAGNETLAB_DATA", data.toString());
    return builder.start();
  }
}
