package org.bagnetlab.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.Assumptions;

/** A real Slurm on this machine, of two virtual nodes. */
final class SlurmCluster {

  private static final int PATIENCE_SECONDS = 60;

  private final Path directory;

  private SlurmCluster(Path directory) {
    this.directory = directory;
  }

  /** Starts one, or skips the test where Slurm is not installed. */
  static SlurmCluster start() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(script().toString(), "check")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Assumptions.assumeTrue(
        check.waitFor() == 0, "Slurm is not installed. As root: scripts/slurm-cluster install");
    // A socket's path is short, so this is not below the test's own directory.
    Path directory = Files.createTempDirectory("slurm");
    Files.delete(directory);
    SlurmCluster cluster = new SlurmCluster(directory);
    cluster.script("start", "--nodes", "2");
    return cluster;
  }

  /** What Slurm's commands must have in their environment. */
  Map<String, String> variables() {
    return Map.of("SLURM_CONF", directory.resolve("slurm.conf").toString());
  }

  /** Writes the same configuration to a file, but with a controller where there is none. */
  Path withoutController(Path file) throws IOException {
    String text = Files.readString(directory.resolve("slurm.conf"));
    return Files.writeString(file, text.replaceAll("SlurmctldPort=\\d+", "SlurmctldPort=1"));
  }

  void kill(String node) throws IOException, InterruptedException {
    script("kill-node", node);
  }

  void restart(String node) throws IOException, InterruptedException {
    script("start-node", node);
  }

  /** What a command of Slurm says. */
  String ask(String... command) throws IOException, InterruptedException {
    return output(List.of(command));
  }

  /** Waits until a job runs on a node. */
  void awaitRunning() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (ask("squeue", "--noheader", "--states=RUNNING", "--steps").isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no job runs");
      }
    }
  }

  private void script(String action, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(script().toString());
    command.add(action);
    command.add(directory.toString());
    command.addAll(List.of(arguments));
    output(command);
  }

  private static Path script() {
    Path here = Path.of("").toAbsolutePath();
    for (Optional<Path> at = Optional.of(here);
        at.isPresent();
        at = Optional.ofNullable(at.get().getParent())) {
      Path script = at.get().resolve("scripts").resolve("slurm-cluster");
      if (Files.exists(script)) {
        return script;
      }
    }
    throw new AssertionError("no scripts/slurm-cluster above " + here);
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    Path file = Files.createTempFile("slurm-output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables());
    builder.redirectErrorStream(true).redirectOutput(file.toFile());
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String output = Files.readString(file);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + output);
      }
      return output.strip();
    } finally {
      process.destroyForcibly();
      Files.delete(file);
    }
  }

  void stop() throws IOException, InterruptedException {
    script("stop");
    FileTree.delete(directory);
  }
}
