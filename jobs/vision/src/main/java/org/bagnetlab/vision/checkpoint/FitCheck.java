package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Tensor;

/** Checks that a checkpoint has all tensors of a network with the right shapes. */
record FitCheck(
    CheckpointFile file, NamedTensors tensors, Blueprint blueprint, FittedArchitecture fitted) {

  /**
   * Compares the tensors.
   *
   * @throws IOException if a tensor does not fit; the message names the first such tensor
   */
  void run() throws IOException {
    List<Tensor> wanted = fitted.architecture().tensors();
    refuseMissing(wanted);
    refuseUnexpected(wanted);
    for (Tensor tensor : wanted) {
      NamedTensors.Entry entry = tensors.find(tensor.name()).orElseThrow();
      refuseOtherShape(entry, tensor.shape());
      refuseNotFinite(entry);
    }
    refuseOtherNetwork();
  }

  private void refuseMissing(List<Tensor> wanted) throws IOException {
    List<String> missing =
        wanted.stream().map(Tensor::name).filter(n -> tensors.find(n).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "Tensor %s of %s is missing%s.%s"
              .formatted(missing.get(0), blueprint.name(), andMore(missing), nearest()));
    }
  }

  private void refuseUnexpected(List<Tensor> wanted) throws IOException {
    Set<String> names = new HashSet<>(wanted.stream().map(Tensor::name).toList());
    List<String> unexpected =
        tensors.tensors().entrySet().stream()
            .filter(entry -> !names.contains(entry.getKey()))
            .map(entry -> entry.getValue().fileName())
            .toList();
    if (!unexpected.isEmpty()) {
      throw new IOException(
          "Tensor %s does not belong to %s%s.%s"
              .formatted(unexpected.get(0), blueprint.name(), andMore(unexpected), nearest()));
    }
  }

  private static String andMore(List<String> names) {
    return names.size() == 1 ? "" : " (and %d more)".formatted(names.size() - 1);
  }

  /** A hint about which network the file seems to belong to. */
  private String nearest() {
    return FittedWeights.bestMatch(file)
        .filter(other -> !other.name().equals(blueprint.name()))
        .map(other -> " The file looks like %s.".formatted(other.name()))
        .orElse("");
  }

  private void refuseOtherShape(NamedTensors.Entry entry, List<Integer> shape) throws IOException {
    if (!entry.tensor().shape().equals(shape)) {
      throw new IOException(
          "Tensor %s has shape %s, but %s with width %s and %d classes expects %s.%s"
              .formatted(
                  entry.fileName(),
                  entry.tensor().shape(),
                  blueprint.name(),
                  fitted.width(),
                  fitted.architecture().classes(),
                  shape,
                  nearest()));
    }
  }

  private static void refuseNotFinite(NamedTensors.Entry entry) throws IOException {
    float[] values = entry.tensor().values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IOException(
            "Tensor %s is not finite: its value %d of %d is %s."
                .formatted(entry.fileName(), i + 1, values.length, values[i]));
      }
    }
  }

  /**
   * Rejects a file whose tensor names are those of another network: two networks may differ only in
   * a stride, which the tensors do not reveal.
   */
  private void refuseOtherNetwork() throws IOException {
    Optional<String> written =
        NetworkMatch.written(file).map(Blueprint::name).filter(n -> !n.equals(blueprint.name()));
    if (written.isPresent()) {
      throw new IOException(
          "The file was written for %s, which is a different network from %s."
              .formatted(written.get(), blueprint.name()));
    }
  }
}
