package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.network.Network;

/**
 * A network's weights, and where training may go on also the optimiser's state, as a safetensors
 * file. Weights have the public checkpoints' names and PyTorch's layout.
 *
 * @param facts what describes it: format, architecture, classes, epoch
 * @param weights by tensor name
 * @param optimiser the optimiser's arrays; empty in a checkpoint that is only to be used
 */
public record Checkpoint(
    Map<String, String> facts, Map<String, float[]> weights, Map<String, float[]> optimiser) {

  private static final String FORMAT = "1";
  private static final String OPTIMISER = "optimiser/";

  /** The weights of a network, to be used. */
  public static Checkpoint of(Network network, Map<String, String> facts) {
    return new Checkpoint(facts, network.weights(), Map.of());
  }

  /** The weights of a network and its optimiser's state, to go on from. */
  public static Checkpoint withOptimiser(Network network, Map<String, String> facts) {
    return new Checkpoint(facts, network.weights(), network.optimiser());
  }

  /**
   * Writes the file: whatever happens, afterwards there is the old one or the whole new one.
   *
   * @param architecture gives the tensors' shapes
   */
  public void write(Path file, Architecture architecture) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(facts);
    metadata.put("format", FORMAT);
    metadata.put("architecture", architecture.name());
    metadata.put("classes", String.valueOf(architecture.classes()));
    Map<String, float[]> tensors = new LinkedHashMap<>();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      tensors.put(tensor.name(), Objects.requireNonNull(weights.get(tensor.name())));
      shapes.put(tensor.name(), tensor.shape());
    }
    optimiser.forEach(
        (name, values) -> {
          tensors.put(OPTIMISER + name, values);
          shapes.put(OPTIMISER + name, List.of(values.length));
        });
    new Safetensors(metadata, tensors, shapes).write(file);
  }

  /**
   * Reads a file that {@link #write} made.
   *
   * @throws IOException if it is damaged or of another format; the message says how
   */
  public static Checkpoint read(Path file) throws IOException {
    Safetensors read = Safetensors.read(file);
    String format = read.metadata().getOrDefault("format", "none");
    if (!format.equals(FORMAT)) {
      throw new IOException(
          "%s has checkpoint format %s; this version reads format %s."
              .formatted(file.getFileName(), format, FORMAT));
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    Map<String, float[]> optimiser = new LinkedHashMap<>();
    read.tensors()
        .forEach(
            (name, values) -> {
              if (name.startsWith(OPTIMISER)) {
                optimiser.put(name.substring(OPTIMISER.length()), values);
              } else {
                weights.put(name, values);
              }
            });
    return new Checkpoint(read.metadata(), weights, optimiser);
  }
}
