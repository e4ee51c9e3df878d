package org.bagnetlab.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.StoredTensor;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a checkpoint.
 *
 * @param format format of the file
 * @param tensors in the file's order
 * @param architecture the network that it fits, or nearly fits; null if none
 * @param width factor on the network's channel counts, if it fits
 * @param classes number of classes, if it fits
 * @param notes remarks for users about how it fits
 * @param problem why it does not fit, or is unusable for any network
 */
record InspectionAnswer(
    String format,
    List<TensorFacts> tensors,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String architecture,
    Optional<Double> width,
    Optional<Integer> classes,
    List<String> notes,
    Optional<String> problem) {

  /** A tensor as stored in the file. */
  record TensorFacts(String name, List<Integer> shape, String dtype) {}

  static InspectionAnswer to(EngineRequest.InspectWeights request) throws IOException {
    Path path = Path.of(request.file());
    CheckpointFile file = CheckpointFile.read(path);
    Optional<Blueprint> match = FittedWeights.bestMatch(file);
    if (match.isEmpty()) {
      return of(file, null, Optional.empty(), notFinite(path, file));
    }
    String name = match.get().name();
    try {
      FittedWeights fitted = FittedWeights.of(file, match.get(), Optional.empty());
      return of(file, name, Optional.of(fitted), Optional.empty());
    } catch (IOException e) {
      return of(file, name, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static InspectionAnswer of(
      CheckpointFile file,
      @Nullable String architecture,
      Optional<FittedWeights> fitted,
      Optional<String> problem) {
    return new InspectionAnswer(
        file.format().label(),
        file.tensors().entrySet().stream()
            .map(
                each ->
                    new TensorFacts(
                        each.getKey(), each.getValue().shape(), each.getValue().dtype()))
            .toList(),
        architecture,
        fitted.map(FittedWeights::width),
        fitted.map(FittedWeights::classes),
        fitted.map(FittedWeights::notes).orElse(List.of()),
        problem);
  }

  /**
   * Describes the first value that is not finite, which makes a tensor useless even if its network
   * is unknown.
   */
  private static Optional<String> notFinite(Path path, CheckpointFile file) {
    for (Map.Entry<String, StoredTensor> each : file.tensors().entrySet()) {
      float[] values = each.getValue().values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          return Optional.of(
              "%s: Tensor %s is not finite: its value %d of %d is %s."
                  .formatted(path.getFileName(), each.getKey(), i + 1, values.length, values[i]));
        }
      }
    }
    return Optional.empty();
  }
}
