package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Twin;

/**
 * The agreement of a checkpoint with a network.
 *
 * @param blueprint the network
 * @param names share of common tensor names among all, from 0 to 1
 * @param shapes number of common tensors with the same shape
 * @param usual false if the weights of this network's twin are published under the file's names
 */
record NetworkMatch(Blueprint blueprint, double names, long shapes, boolean usual) {

  private static final double NEAR = 0.9;

  private static final Comparator<NetworkMatch> ORDER =
      Comparator.comparingDouble(NetworkMatch::names)
          .thenComparingLong(NetworkMatch::shapes)
          .thenComparing(NetworkMatch::usual);

  /** The network of a checkpoint: the declared one, otherwise the best match. */
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

  /** The network in the metadata of a file of this project. */
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
      // Two names of the file would become the same, so this is not the network.
      return Optional.empty();
    }
  }
}
