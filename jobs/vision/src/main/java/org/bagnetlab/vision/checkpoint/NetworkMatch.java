package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Twin;

/**
 * How well a checkpoint matches a network.
 *
 * @param blueprint the network
 * @param names share of common tensor names among all tensor names, from 0 to 1
 * @param shapes number of common tensors with the same shape
 * @param usual false if the names in the file are those under which the weights of this network's
 *     twin are published
 */
record NetworkMatch(Blueprint blueprint, double names, long shapes, boolean usual) {

  private static final double NEAR = 0.9;

  private static final Comparator<NetworkMatch> ORDER =
      Comparator.comparingDouble(NetworkMatch::names)
          .thenComparingLong(NetworkMatch::shapes)
          .thenComparing(NetworkMatch::usual);

  /** The network of a checkpoint: the one that the file declares, otherwise the best match. */
  static Optional<Blueprint> best(CheckpointFile file) {
    return written(file)
        .or(
            () ->
                Architectures.all().stream()
                    .flatMap(blueprint -> of(file, blueprint).stream())
                    .max(ORDER)
                    .filter(match -> match.names() >= NEAR)
                    .map(NetworkMatch::blueprint));
  }

  /** The network stated in the metadata of a file written by this project. */
  static Optional<Blueprint> written(CheckpointFile file) {
    return file.format() == CheckpointFile.Format.BAGNETLAB
        ? Architectures.find(file.metadata().getOrDefault("architecture", ""))
        : Optional.empty();
  }

  private static Optional<NetworkMatch> of(CheckpointFile file, Blueprint blueprint) {
    try {
      NamedTensors tensors = NamedTensors.of(file, blueprint.renaming());
      FittedArchitecture fitted = FittedArchitecture.find(tensors, blueprint);
      boolean translated = tensors.translated().isPresent();
      return Optional.of(
          new NetworkMatch(
              blueprint,
              tensors.agreement(fitted.architecture()),
              tensors.fitting(fitted.architecture()),
              blueprint
                  .twin()
                  .map(Twin::hasOtherNames)
                  .filter(other -> other == translated)
                  .isEmpty()));
    } catch (IOException e) {
      // Two names in the file would be renamed to the same name, so the file is not of this
      // network.
      return Optional.empty();
    }
  }
}
