package org.bagnetlab.experiment.network;

import org.bagnetlab.experiment.WeightsVersion;

/**
 * An imported network as it was when a job about it was queued.
 *
 * @param name of its weights
 * @param checksum of the imported file: another one under the same name is not what was asked for
 * @param regime how they came about, for example {@code pretrained}
 * @param architecture a registered name
 * @param width factor on its channel counts
 */
public record ImportedNetwork(
    String name, String checksum, String regime, String architecture, double width) {

  /** Which file its weights are. */
  public WeightsVersion version() {
    return new WeightsVersion(name, checksum);
  }
}
