package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a worker's output to a file of bounded size. A full disk affects the log, never the job or
 * the server.
 */
public final class WorkerLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLog.class);
  private static final int LONGEST_LINE = 16 * 1024;

  /** Out-of-memory messages of Java, the C++ library, the system and CUDA. */
  private static final Pattern EXHAUSTED =
      Pattern.compile(
          "java\\.lang\\.OutOfMemoryError|std::bad_alloc|insufficient memory for the Java Runtime"
              + "|Cannot allocate memory|libgomp: Out of memory|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation");

  /** Messages of libtorch and CUDA when a GPU's memory, or a share of it, ran out. */
  private static final Pattern GPU_EXHAUSTED =
      Pattern.compile(
          "CUDA out of memory|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation"
              + "|CU(?:DNN|BLAS)_STATUS_ALLOC_FAILED");

  private final Path file;
  private final OutputStream output;
  private long left;
  private String last = "";
  private String remark = "";
  private boolean exhausted;
  private boolean gpuExhausted;

  private WorkerLog(Path file, OutputStream output, long left) {
    this.file = file;
    this.output = output;
    this.left = left;
  }

  /**
   * Opens a log, appending to an existing one.
   *
   * @param limit maximum size of the file in bytes
   */
  public static WorkerLog open(Path file, long limit) throws IOException {
    OutputStream output =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new WorkerLog(file, output, limit - Files.size(file));
  }

  /** Appends the worker's output. */
  public synchronized void line(String line) {
    String bounded = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    if (!bounded.isBlank()) {
      last = bounded;
    }
    exhausted |= EXHAUSTED.matcher(bounded).find();
    gpuExhausted |= GPU_EXHAUSTED.matcher(bounded).find();
    write(bounded);
  }

  /**
   * Appends a line of the launcher. {@link #lastLine} returns it only if the worker wrote nothing.
   */
  public synchronized void remark(String line) {
    remark = line;
    write(line);
  }

  /** Whether the worker's output reports that memory ran out. */
  public synchronized boolean reportedOutOfMemory() {
    return exhausted;
  }

  /** Whether the worker's output reports that memory of its GPU ran out. */
  public synchronized boolean reportedOutOfGpuMemory() {
    return gpuExhausted;
  }

  /** Appends a note by the server about the worker. */
  public synchronized void note(String line) {
    write("[server] " + line);
  }

  /** The last line of the worker, or else of its launcher; an empty string if there is none. */
  public synchronized String lastLine() {
    return last.isEmpty() ? remark : last;
  }

  private void write(String line) {
    if (left <= 0) {
      return;
    }
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    left -= bytes.length;
    try {
      output.write(bytes);
      if (left <= 0) {
        output.write("[server] The log is full.\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.warn("The log {} is truncated here: {}", file, e.toString());
      left = 0;
    }
  }

  @Override
  public synchronized void close() {
    left = 0;
    try {
      output.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the log {}: {}", file, e.toString());
    }
  }
}
