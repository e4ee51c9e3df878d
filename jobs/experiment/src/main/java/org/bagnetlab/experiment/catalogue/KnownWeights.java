package org.bagnetlab.experiment.catalogue;

import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The properties of weights that a job needs.
 *
 * @param architecture the network that they belong to
 * @param width the network's factor on the channel counts
 * @param classes number of the network's outputs
 * @param checksum checksum of the imported file
 * @param regime how the weights were trained
 */
public record KnownWeights(
    String architecture, double width, int classes, String checksum, String regime) {

  /**
   * The weights named in a request.
   *
   * @throws InvalidSpec if none have this name, or they cannot be used
   */
  public static KnownWeights named(String name, Catalogue catalogue) {
    return catalogue.weights(name).orElseThrow(() -> unknown(name, catalogue));
  }

  private static InvalidSpec unknown(String name, Catalogue catalogue) {
    String known = Fields.listed(catalogue.weights());
    return new InvalidSpec(
        "weights",
        "There are no weights '%s'. Known: %s. Import a file with: ./bagnetlab weights import NAME FILE"
            .formatted(name, known));
  }
}
