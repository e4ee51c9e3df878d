package org.bagnetlab.experiment.network;

import org.bagnetlab.experiment.WeightsVersion;

/**
 * An imported network, as it was when a job that uses it was queued.
 *
 * @param name name of its weights
 * @param checksum checksum of the imported file; a file with another checksum is not the requested
 *     one
 * @param regime how the weights were trained, for example {@code pretrained}
 * @param architecture a registered name
 * @param width factor on the network's channel counts
 */
public record ImportedNetwork(
    String name, String checksum, String regime, String architecture, double width) {

  /** The version of its weights. */
  public WeightsVersion version() {
    return new WeightsVersion(name, checksum);
  }
}
