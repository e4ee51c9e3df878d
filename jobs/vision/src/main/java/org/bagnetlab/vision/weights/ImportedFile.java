package org.bagnetlab.vision.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * A file whose weights fit a network.
 *
 * @param format format of the file
 * @param checksum SHA-256 checksum of the file
 * @param size size of the file in bytes
 * @param said metadata about the network; empty if the file was not written by this project
 * @param regime how the network was trained
 * @param weights the fitted weights
 */
record ImportedFile(
    CheckpointFile.Format format,
    String checksum,
    long size,
    NetworkFacts said,
    String regime,
    FittedWeights weights) {

  /** Reads the checkpoint of a file. */
  @FunctionalInterface
  interface Reader {
    /** {@link CheckpointFile#read}. */
    CheckpointFile read(Path file) throws IOException;
  }

  /**
   * Reads a file and fits it to a network.
   *
   * @throws WeightsRefused if the file cannot be read or does not fit, or the given metadata is
   *     invalid
   */
  static ImportedFile read(Path file, WeightsImport request, Reader reader) throws WeightsRefused {
    request.check();
    try {
      return fitted(file, request, reader);
    } catch (IOException e) {
      throw new WeightsRefused(String.valueOf(e.getMessage()), e);
    }
  }

  private static ImportedFile fitted(Path file, WeightsImport request, Reader reader)
      throws IOException {
    // The file is read in parts at different times, so the checksum must match before and after
    // reading.
    String checksum = Files.isRegularFile(file) ? Sha256.of(file) : "";
    CheckpointFile checkpoint = reader.read(file);
    FittedWeights weights =
        FittedWeights.of(checkpoint, blueprint(checkpoint, request), request.width());
    long size = Files.size(file);
    if (!Sha256.of(file).equals(checksum)) {
      throw new IOException("%s changed while being read.".formatted(file.getFileName()));
    }
    return new ImportedFile(
        checkpoint.format(),
        checksum,
        size,
        said(checkpoint).ofClasses(weights.classes()),
        request.declaredRegime().orElseGet(() -> WrittenRegime.in(checkpoint)),
        weights);
  }

  /**
   * The metadata. It is only read from files written by this project, since other programs may use
   * the same names differently.
   */
  private static NetworkFacts said(CheckpointFile file) {
    return file.format() == CheckpointFile.Format.BAGNETLAB
        ? NetworkFacts.in(file.metadata())
        : NetworkFacts.unknown();
  }

  private static Blueprint blueprint(CheckpointFile file, WeightsImport request)
      throws IOException {
    try {
      Optional<Blueprint> named = request.architecture().map(Architectures::named);
      return named
          .or(() -> FittedWeights.bestMatch(file))
          .orElseThrow(
              () ->
                  new IOException(
                      "The file's %d tensors match no known network; the first is %s."
                          .formatted(
                              file.tensors().size(), file.tensors().keySet().iterator().next())));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  WeightsFacts facts(String name, WeightsImport request) {
    return new WeightsFacts(
        name,
        checksum,
        weights.blueprint().name(),
        weights.width(),
        weights.classes(),
        weights.architecture().tensors().stream()
            .filter(Tensor::learnt)
            .mapToLong(Tensor::elements)
            .sum(),
        request.source(),
        regime,
        format.label(),
        size,
        weights.notes(),
        Instant.now().toString());
  }

  void write(Path file, WeightsFacts facts) throws IOException {
    Map<String, String> origin =
        Map.of(
            "source", facts.source(), "regime", facts.regime(), "importedFrom", facts.checksum());
    NetworkFacts network =
        new NetworkFacts(Optional.of(weights.width()), said.imageSize(), said.classNames());
    Checkpoint.of(network.after(origin), weights.values()).write(file, weights.architecture());
  }
}
