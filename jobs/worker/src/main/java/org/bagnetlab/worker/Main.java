package org.bagnetlab.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.worker.command.EngineCommands;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.engine.ProcessUsage;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.EventWriter;
import org.bagnetlab.worker.run.Runners;

/** The worker process: runs one job, or answers one request to the engine. */
public final class Main {

  /** Exit status of a worker whose server has ended. */
  private static final int ORPHANED = 3;

  private Main() {}

  /**
   * Runs a worker.
   *
   * @param arguments none, to read a job from stdin; or an {@link
   *     org.bagnetlab.protocol.EngineRequest} as JSON, to answer it on stdout
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Names of tensors and images contain numbers, which must be formatted the same on every
    // machine.
    Locale.setDefault(Locale.ROOT);
    // Only events go to stdout; other output of libraries goes to the log.
    PrintStream stdout =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    if (arguments.length > 0) {
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      Thread owner = new Thread(() -> readOwner(lines), "owner");
      owner.setDaemon(true);
      owner.start();
      new EngineCommands(stdout, System.err, lines).answer(arguments[0]);
      System.exit(0);
    }
    // Preload in parallel, so that a worker started ahead of its job still ends when its server
    // ends.
    Thread preload = new Thread(Main::preload, "preload");
    preload.setDaemon(true);
    preload.start();
    BufferedReader stdin =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    WorkerCommand first = read(stdin);
    if (!(first instanceof WorkerCommand.Run run) || run.protocol() != WorkerEvent.PROTOCOL) {
      System.err.println("The server uses a different protocol version from this worker.");
      System.exit(ORPHANED);
      return;
    }
    ProcessUsage usage = new ProcessUsage();
    EventWriter events = new EventWriter(stdout, usage);
    Cancellation cancellation = new Cancellation();
    Thread listener = new Thread(() -> listen(stdin, cancellation), "commands");
    listener.setDaemon(true);
    listener.start();
    events.startHeartbeat();
    preload.join();
    new WorkerJob(run, events, usage, cancellation).run();
    System.exit(0);
  }

  /**
   * Loads what every job needs. If a class fails to initialise, for example because memory or the
   * disk is currently full, it stays unusable in this process. A worker that was started ahead
   * therefore exits, because it can be replaced. It may have received a job in the meantime, but
   * the job has not begun.
   */
  private static void preload() {
    if (!preloaded() && System.getenv(WorkerCommand.STARTED_AHEAD) != null) {
      System.exit(WorkerCommand.UNPREPARED);
    }
  }

  private static boolean preloaded() {
    try {
      Experiments.all().forEach(Runners::of);
    } catch (RuntimeException | Error e) {
      System.err.printf("The experiments could not be loaded ahead: %s%n", e);
      return false;
    }
    return LocalEngine.preload();
  }

  /** Reads lines until stdin ends, which means that the caller has ended. */
  private static void readOwner(BlockingQueue<String> lines) {
    try (BufferedReader stdin =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      stdin.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("Lost the connection to the caller: " + e.getMessage());
    }
    System.exit(ORPHANED);
  }

  private static WorkerCommand read(BufferedReader stdin) throws IOException {
    String line = stdin.readLine();
    if (line == null) {
      System.exit(ORPHANED);
      throw new IOException("stdin is closed");
    }
    return Json.MAPPER.readValue(line, WorkerCommand.class);
  }

  /**
   * Listens for commands. The end of stdin means that the server has died and the result is not
   * needed.
   */
  private static void listen(BufferedReader stdin, Cancellation cancellation) {
    try {
      while (true) {
        if (read(stdin) instanceof WorkerCommand.Stop) {
          cancellation.request();
        }
      }
    } catch (IOException e) {
      System.err.println("The server sent an invalid command: " + e.getMessage());
      System.exit(ORPHANED);
    }
  }
}
