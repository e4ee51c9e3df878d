package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Renaming;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * The tensors of a checkpoint under the names of a network of this project. The counters of
 * processed batches are omitted, since no network here uses them.
 *
 * @param tensors the tensors by their names in the network, or by their names in the file if the
 *     network has no such tensor
 */
record NamedTensors(Map<String, Entry> tensors) {

  private static final String COUNTER = "num_batches_tracked";

  /** A tensor with its name in the file. */
  record Entry(String fileName, StoredTensor tensor) {}

  /**
   * Renames the tensors.
   *
   * @throws IOException if two tensors would get the same name
   */
  static NamedTensors of(CheckpointFile file, Renaming renaming) throws IOException {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, StoredTensor> each : file.tensors().entrySet()) {
      if (!each.getKey().endsWith(COUNTER)) {
        String name = renaming.canonical(each.getKey());
        Entry other = tensors.put(name, new Entry(each.getKey(), each.getValue()));
        if (other != null) {
          throw new IOException(
              "Tensors %s and %s both map to %s.".formatted(other.fileName(), each.getKey(), name));
        }
      }
    }
    return new NamedTensors(tensors);
  }

  /** The tensor of this name. */
  Optional<Entry> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** The size of a tensor in one dimension; empty if there is no such tensor or dimension. */
  Optional<Integer> size(String name, int dimension) {
    return find(name)
        .map(entry -> entry.tensor().shape())
        .filter(shape -> dimension < shape.size())
        .map(shape -> shape.get(dimension));
  }

  /**
   * A tensor whose name in the file follows another public naming scheme, together with its name in
   * the network.
   */
  Optional<Map.Entry<String, Entry>> translated() {
    return tensors.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Renaming.bare(entry.getValue().fileName())))
        .findFirst();
  }

  /**
   * The agreement with the names of a network: the share of common names among all names, from 0 to
   * 1.
   */
  double agreement(Architecture architecture) {
    Set<String> all = new HashSet<>(tensors.keySet());
    List<String> names = architecture.tensors().stream().map(Tensor::name).toList();
    all.addAll(names);
    return (double) names.stream().filter(tensors::containsKey).count() / all.size();
  }

  /** The number of tensors with the same shape as in a network. */
  long fitting(Architecture architecture) {
    return architecture.tensors().stream().filter(this::fits).count();
  }

  private boolean fits(Tensor tensor) {
    return find(tensor.name())
        .filter(entry -> entry.tensor().shape().equals(tensor.shape()))
        .isPresent();
  }
}
