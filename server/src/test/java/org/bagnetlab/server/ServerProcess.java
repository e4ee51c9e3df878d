package org.bagnetlab.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server in a process of its own that runs one job and prints its number once it progresses. */
final class ServerProcess {

  private ServerProcess() {}

  public static void main(String[] arguments) {
    try {
      TestServer server = new TestServer(Path.of(arguments[0]));
      EventStream events = server.events("");
      long id = server.train("bagnet9", 99);
      events.await("progress");
      System.out.println(id);
    } catch (Exception | AssertionError e) {
      // The server's own threads would keep the process, and the test waiting for it.
      Runtime.getRuntime().halt(1);
    }
  }

  static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                data.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The first line that is no log line. */
  static String firstLine(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.matches("\\d+")) {
        return line;
      }
    }
    throw new AssertionError("the server ended");
  }
}
