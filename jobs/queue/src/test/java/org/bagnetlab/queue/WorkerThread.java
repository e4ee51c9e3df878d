package org.bagnetlab.queue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A {@link TinyWorker} on a thread of this process, which looks like a process from outside: pipes
 * of the operating system, a number, an exit code. It starts in a millisecond.
 */
public final class WorkerThread extends Process {

  /** No process has such a number. */
  private static final AtomicLong NUMBERS = new AtomicLong(1L << 32);

  private static final int KILLED = 128 + 9;

  private static final Map<Long, WorkerThread> RUNNING = new ConcurrentHashMap<>();

  private final long number = NUMBERS.incrementAndGet();
  private final CompletableFuture<Process> exit = new CompletableFuture<>();
  private final Pipe input = Pipe.open();
  private final Pipe output = Pipe.open();
  private final Pipe errors = Pipe.open();
  private volatile int exitCode;

  private WorkerThread() throws IOException {}

  /** Starts a worker. */
  public static WorkerThread start(String behaviour, Map<String, String> variables)
      throws IOException {
    WorkerThread worker = new WorkerThread();
    RUNNING.put(worker.number, worker);
    Thread thread = new Thread(() -> worker.run(behaviour, variables), "tiny-" + worker.number);
    thread.setDaemon(true);
    thread.start();
    return worker;
  }

  /** The running worker of this number. */
  public static Optional<WorkerThread> running(long number) {
    return Optional.ofNullable(RUNNING.get(number));
  }

  private void run(String behaviour, Map<String, String> variables) {
    TinyWorker worker =
        new TinyWorker(
            Channels.newInputStream(input.source()),
            Channels.newOutputStream(output.sink()),
            Channels.newOutputStream(errors.sink()),
            variables);
    int code;
    try {
      code = worker.run(behaviour);
    } catch (Exception e) {
      if (!exit.isDone()) {
        e.printStackTrace(); // not because it was killed: the test's own mistake
      }
      code = 1;
    }
    end(code);
  }

  /** Closes the worker's ends of the pipes, as the operating system does. The first end counts. */
  private synchronized void end(int code) {
    if (exit.isDone()) {
      return;
    }
    exitCode = code;
    RUNNING.remove(number);
    try {
      input.source().close();
      input.sink().close();
      output.sink().close();
      errors.sink().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    exit.complete(this);
  }

  /** What was written before the end can still be read. */
  private static InputStream readable(Pipe pipe) {
    return new FilterInputStream(Channels.newInputStream(pipe.source())) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0) {
          close();
        }
        return read;
      }
    };
  }

  @Override
  public Process destroyForcibly() {
    end(KILLED);
    return this;
  }

  @Override
  public void destroy() {
    destroyForcibly();
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(input.sink());
  }

  @Override
  public InputStream getInputStream() {
    return readable(output);
  }

  @Override
  public InputStream getErrorStream() {
    return readable(errors);
  }

  @Override
  public int waitFor() {
    exit.join();
    return exitCode;
  }

  @Override
  public int exitValue() {
    if (!exit.isDone()) {
      throw new IllegalThreadStateException();
    }
    return exitCode;
  }

  @Override
  public long pid() {
    return number;
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return Stream.empty();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return exit;
  }
}
