package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * A network's weights, stored as a safetensors file. A checkpoint for resuming a training also has
 * the optimiser's state and the weights of the best epoch so far. Weights have the names of the
 * public checkpoints and PyTorch's layout.
 *
 * @param facts metadata: format, architecture, classes, epoch
 * @param weights by tensor name
 * @param optimiser arrays of the optimiser; empty in a checkpoint for inference only
 * @param best weights of the best epoch by tensor name; empty before the end of the first epoch,
 *     and in a checkpoint for inference only
 */
public record Checkpoint(
    Map<String, String> facts,
    Map<String, float[]> weights,
    Map<String, float[]> optimiser,
    Map<String, float[]> best) {

  private static final String FORMAT = "1";
  private static final String OPTIMISER = "optimiser/";
  private static final String BEST = "best/";
  private static final String FLOAT32 = ElementType.FLOAT32.label();

  /** A checkpoint for inference only. */
  public static Checkpoint of(Map<String, String> facts, Map<String, float[]> weights) {
    return new Checkpoint(facts, weights, Map.of(), Map.of());
  }

  /**
   * Writes the file atomically: after a crash, either the old file or the complete new one exists.
   * Equal checkpoints give identical files.
   *
   * @param architecture determines the tensors' shapes
   */
  public void write(Path file, Architecture architecture) throws IOException {
    // Sorted, so that equal checkpoints have equal bytes.
    Map<String, String> metadata = new TreeMap<>(facts);
    metadata.put("format", FORMAT);
    metadata.put("architecture", architecture.name());
    metadata.put("classes", String.valueOf(architecture.classes()));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      tensors.put(tensor.name(), stored(tensor, weights));
    }
    optimiser.forEach(
        (name, values) ->
            tensors.put(
                OPTIMISER + name, new StoredTensor(List.of(values.length), FLOAT32, values)));
    if (!best.isEmpty()) {
      for (Tensor tensor : architecture.tensors()) {
        tensors.put(BEST + tensor.name(), stored(tensor, best));
      }
    }
    new Safetensors(metadata, tensors).write(file);
  }

  private static StoredTensor stored(Tensor tensor, Map<String, float[]> values) {
    return new StoredTensor(
        tensor.shape(), FLOAT32, Objects.requireNonNull(values.get(tensor.name())));
  }

  /**
   * Reads a file written by {@link #write}.
   *
   * @throws IOException if it is damaged or has another format; the message gives the reason
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
    Map<String, float[]> best = new LinkedHashMap<>();
    read.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(OPTIMISER)) {
                optimiser.put(name.substring(OPTIMISER.length()), tensor.values());
              } else if (name.startsWith(BEST)) {
                best.put(name.substring(BEST.length()), tensor.values());
              } else {
                weights.put(name, tensor.values());
              }
            });
    return new Checkpoint(read.metadata(), weights, optimiser, best);
  }

  /**
   * Whether two files written by {@link #write} have the same weights of the network, bit for bit,
   * whatever their facts. Needs little memory.
   *
   * @throws IOException if a file is damaged
   */
  public static boolean sameWeights(Path one, Path other) throws IOException {
    return SafetensorsReader.sameTensors(one, other, Checkpoint::isOfTheNetwork);
  }

  private static boolean isOfTheNetwork(String tensor) {
    return !tensor.startsWith(OPTIMISER) && !tensor.startsWith(BEST);
  }

  private static Safetensors safetensors(Path file) throws IOException {
    try {
      return SafetensorsReader.read(file);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  /** Whether a file was written by {@link #write}. */
  static boolean isOurs(Safetensors file) {
    return FORMAT.equals(file.metadata().get("format"))
        && file.metadata().containsKey("architecture");
  }

  /** The tensors of the network, without those that are only needed to resume its training. */
  static Map<String, StoredTensor> ofTheNetwork(Safetensors file) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(file.tensors());
    tensors.keySet().removeIf(name -> !isOfTheNetwork(name));
    return tensors;
  }
}
