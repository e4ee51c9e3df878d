package org.bagnetlab.queue.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running worker: sends it commands, reads its events, and reports its exit. Each stream has its
 * own thread, so that a misbehaving worker blocks nothing else. Until a listener is set, output
 * waits in the pipes.
 */
public final class WorkerProcess {

  /** Receives the worker's events. Called on the process's own threads. */
  public interface Listener {

    /** The worker reported an event. May block, which slows the worker down. */
    void reported(WorkerEvent event);

    /** The launcher reported something about the worker. */
    void noticed(LauncherNotice notice);

    /**
     * The process has ended, and its last output, at most the contents of its pipes, is about to be
     * reported. From now on the listener must not block.
     */
    void exiting();

    /** The process has ended and all its output was reported. Called once. */
    void exited(ExitCode code);
  }

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
  private static final int LONGEST_LINE = 1 << 20;

  /**
   * How long a child process of the worker may keep the worker's streams open after the worker has
   * ended.
   */
  private static final long STREAMS_END_WITHIN_MS = 5_000;

  private final Process process;
  private final String name;
  private final WorkerLog log;

  /** Ignores commands that are sent after its shutdown. */
  private final ExecutorService commands;

  /**
   * Takes over a worker process that was just started.
   *
   * @param name name of its threads
   * @param log receives all other output; closed after the process has ended, if there is a
   *     listener
   */
  public WorkerProcess(Process process, String name, WorkerLog log) {
    this.process = process;
    this.name = name;
    this.log = log;
    this.commands =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, name + "-stdin"),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Starts listening. Call once.
   *
   * @param launcher that started the process
   */
  public void listen(WorkerLauncher launcher, Listener listener) {
    Thread stdout = reader("-stdout", process.getInputStream(), line -> interpret(line, listener));
    Thread stderr =
        reader(
            "-stderr",
            process.getErrorStream(),
            line -> logged(line, launcher.notice(line), listener));
    daemon(() -> awaitExit(stdout, stderr, listener), name + "-exit").start();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Sends a command. It is lost if the worker has ended or does not read it. */
  public void send(WorkerCommand command) {
    byte[] line = (Json.line(command) + "\n").getBytes(StandardCharsets.UTF_8);
    commands.execute(
        () -> {
          try {
            OutputStream stdin = process.getOutputStream();
            stdin.write(line);
            stdin.flush();
          } catch (IOException e) {
            log.note("The worker is not reading its commands: " + e.getMessage());
          }
        });
  }

  /** Kills the local process and its children immediately. May block. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Thread reader(String suffix, InputStream stream, Consumer<String> line) {
    Thread thread =
        daemon(
            () -> {
              try {
                BoundedLines.read(stream, LONGEST_LINE, line);
              } catch (IOException e) {
                log.note("A worker stream failed: " + e.getMessage());
              }
            },
            name + suffix);
    thread.start();
    return thread;
  }

  private void logged(String line, Optional<LauncherNotice> notice, Listener listener) {
    if (JavaNotice.is(line)) {
      return;
    }
    if (notice.filter(LauncherNotice.Remark.class::isInstance).isPresent()) {
      log.remark(line);
    } else {
      log.line(line);
      notice.ifPresent(listener::noticed);
    }
  }

  private void interpret(String line, Listener listener) {
    if (!line.startsWith("{")) {
      log.line(line);
      return;
    }
    WorkerEvent event;
    try {
      event = Json.MAPPER.readValue(line, WorkerEvent.class);
    } catch (JsonProcessingException e) {
      log.note("Not an event: " + e.getOriginalMessage());
      log.line(line);
      return;
    }
    listener.reported(event);
  }

  private void awaitExit(Thread stdout, Thread stderr, Listener listener) {
    ExitCode code = new ExitCode(process.onExit().join().exitValue());
    listener.exiting();
    try {
      stdout.join(STREAMS_END_WITHIN_MS);
      stderr.join(STREAMS_END_WITHIN_MS);
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while waiting for process {} to exit", process.pid(), e);
    }
    log.note("The worker process " + code.inWords() + ".");
    log.close();
    commands.shutdown();
    listener.exited(code);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
