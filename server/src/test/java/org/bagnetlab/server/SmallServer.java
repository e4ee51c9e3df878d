package org.bagnetlab.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server with little memory in a process of its own. It prints its address and waits. */
final class SmallServer {

  private SmallServer() {}

  public static void main(String[] arguments) {
    // Its threads keep the process alive until it is killed.
    System.out.println(new TestServer(Path.of(arguments[0])).at("/"));
    // Nobody reads on: a full pipe would stop whoever logs.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallServer.class.getName(),
                data.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Where a server listens. */
  static String address(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("http://")) {
        return line;
      }
    }
    throw new AssertionError("the server ended");
  }
}
