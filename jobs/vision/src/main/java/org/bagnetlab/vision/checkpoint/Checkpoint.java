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
  private static final String FLOAT32 = ElementType.FLOAT32.label();

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
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      float[] values = Objects.requireNonNull(weights.get(tensor.name()));
      tensors.put(tensor.name(), new StoredTensor(tensor.shape(), FLOAT32, values));
    }
    optimiser.forEach(
        (name, values) ->
            tensors.put(
                OPTIMISER + name, new StoredTensor(List.of(values.length), FLOAT32, values)));
    new Safetensors(metadata, tensors).write(file);
  }

  /**
   * Reads a file that {@link #write} made.
   *
   * @throws IOException if it is damaged or of another format; the message says how
   */
  public static Checkpoint read(Path file) throws IOException {
    Safetensors read = safetensors(file);
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
            (name, tensor) -> {
              if (name.startsWith(OPTIMISER)) {
                optimiser.put(name.substring(OPTIMISER.length()), tensor.values());
              } else {
                weights.put(name, tensor.values());
              }
            });
    return new Checkpoint(read.metadata(), weights, optimiser);
  }

  private static Safetensors safetensors(Path file) throws IOException {
    try {
      return SafetensorsReader.read(file);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  /** Whether {@link #write} made it. */
  static boolean isOurs(Safetensors file) {
    return FORMAT.equals(file.metadata().get("format"))
        && file.metadata().containsKey("architecture");
  }

  /** The tensors of the network, without the optimiser's. */
  static Map<String, StoredTensor> ofTheNetwork(Safetensors file) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(file.tensors());
    tensors.keySet().removeIf(name -> name.startsWith(OPTIMISER));
    return tensors;
  }
}
