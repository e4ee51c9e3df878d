package org.bagnetlab.queue.device.nvidia;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * NVIDIA's Multi-Process Service (MPS), with which processes compute on a GPU at the same time
 * instead of in turns. Every process uses it if the machine runs it; nothing here starts or stops
 * it.
 *
 * @param pipes directory of the named pipes of its control daemon
 */
public record Mps(Path pipes) {

  /** Environment variable that names the directory. */
  public static final String VARIABLE = "CUDA_MPS_PIPE_DIRECTORY";

  private static final String STANDARD = "/tmp/nvidia-mps";

  private static final String CONTROL = "control";

  /** The service that processes with these environment variables use, if it runs. */
  public static Mps of(Map<String, String> environment) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    return new Mps(Path.of(chosen.isBlank() ? STANDARD : chosen));
  }

  /** Whether its control daemon runs. */
  public boolean runs() {
    return Files.exists(pipes.resolve(CONTROL));
  }

  /** How jobs share a GPU, as a sentence. */
  public String sharing() {
    return runs()
        ? "Jobs share the GPU at the same time, because NVIDIA MPS is running."
        : "Jobs share the GPU in turns, because NVIDIA MPS is not running.";
  }
}
