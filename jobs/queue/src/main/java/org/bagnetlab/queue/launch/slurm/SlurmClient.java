package org.bagnetlab.queue.launch.slurm;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Slurm's commands, each with a time limit. All methods block.
 *
 * @param environment variables for these commands, in addition to those of the server
 */
record SlurmClient(Map<String, String> environment) {

  private static final Logger LOG = LoggerFactory.getLogger(SlurmClient.class);

  /** Without a controller, scancel takes 18 seconds to fail. */
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** A worker that ignores SIGTERM is killed after KillWait, 30 seconds by default. */
  private static final Duration END = Duration.ofSeconds(40);

  private static final long BETWEEN_QUESTIONS_MS = 100;

  /**
   * Checks that Slurm's commands exist.
   *
   * @throws IllegalStateException if they do not exist, with advice
   */
  static void require() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String command : List.of("srun", "scancel", "squeue", "scontrol")) {
      boolean found =
          List.of(path.split(File.pathSeparator)).stream()
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
      if (!found) {
        throw new IllegalStateException(
            "--launcher slurm needs %s on the path: install Slurm's commands (Debian: apt install"
                    .formatted(command)
                + " slurm-client), or serve with --launcher local.");
      }
    }
  }

  /** The error if the controller does not respond; otherwise empty. */
  Optional<String> silence() {
    Answer answer = ask(List.of("scontrol", "ping"));
    return answer.ok() ? Optional.empty() : Optional.of(answer.firstLine());
  }

  /**
   * Cancels the Slurm jobs with these names, and waits until they have ended.
   *
   * @return whether Slurm no longer lists them. An unreachable node may still run one.
   */
  boolean cancel(Collection<String> names) {
    if (names.isEmpty()) {
      return true;
    }
    long deadline = System.nanoTime() + END.toNanos();
    String list = String.join(",", names);
    Answer cancelled = ask(List.of("scancel", "--name=" + list));
    if (!cancelled.ok()) {
      LOG.warn("Slurm job {} may not have been cancelled: {}", list, cancelled.firstLine());
      return false;
    }
    List<String> question = List.of("squeue", "--noheader", "--name=" + list, "-o%i %N");
    Answer left = ask(question);
    while (!left.ok() || !left.text().isBlank()) {
      if (System.nanoTime() > deadline || !pause()) {
        LOG.warn("Slurm job {} was not cancelled: {}", list, left.firstLine());
        return false;
      }
      left = ask(question);
    }
    return true;
  }

  /**
   * The Slurm job with a name that runs in a directory, once it is no longer in the state
   * COMPLETING. If the controller does not respond, the query is repeated for a while. Empty if
   * Slurm lists no such job or does not respond. Slurm lists a job for MinJobAge after its end, 5
   * minutes by default.
   */
  Optional<SlurmJob> find(String name, Path directory) {
    long deadline = System.nanoTime() + END.toNanos();
    List<String> question =
        List.of("squeue", "--noheader", "--states=all", "--name=" + name, "-o%T|%N|%r|%Z");
    while (true) {
      Answer answer = ask(question);
      Optional<SlurmJob> job =
          answer.ok() ? parse(answer.text(), directory.toString()) : Optional.empty();
      boolean settled =
          answer.ok() && job.filter(found -> found.state().equals("COMPLETING")).isEmpty();
      if (settled || System.nanoTime() > deadline || !pause()) {
        return job;
      }
    }
  }

  private static Optional<SlurmJob> parse(String lines, String directory) {
    return lines
        .lines()
        .map(line -> line.split("\\|", 4))
        .filter(fields -> fields.length == 4 && fields[3].equals(directory))
        .map(fields -> new SlurmJob(fields[0], fields[1], fields[2]))
        .findFirst();
  }

  /** Slurm's error if it would not accept a job with these options of srun. */
  Optional<String> refusal(List<String> options) {
    List<String> command = new ArrayList<>(List.of("srun", "--test-only"));
    command.addAll(options);
    command.add("true");
    Answer answer = ask(command);
    return answer.ok() ? Optional.empty() : Optional.of(answer.firstLine());
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS_MS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Answer(boolean ok, String text) {
    String firstLine() {
      return text.lines().findFirst().orElse("no response");
    }
  }

  private Answer ask(List<String> command) {
    try {
      Path output = Files.createTempFile("slurm", ".txt");
      try {
        return ask(command, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return new Answer(false, "%s: %s".formatted(command.get(0), e.getMessage()));
    }
  }

  /** Redirects the output to a file, because reading from a pipe might never end. */
  private Answer ask(List<String> command, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(SlurmLauncher.without(System.getenv().keySet()));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      String text = Files.readString(output, StandardCharsets.UTF_8).strip();
      return ended
          ? new Answer(process.exitValue() == 0, text)
          : new Answer(false, "%s does not respond".formatted(command.get(0)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "interrupted");
    } finally {
      process.destroyForcibly();
    }
  }
}
