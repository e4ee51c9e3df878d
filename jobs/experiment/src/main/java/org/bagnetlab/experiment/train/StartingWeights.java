package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.WeightsVersion;

/**
 * Imported weights as they were when a job was queued to start from them.
 *
 * @param name under which they were imported
 * @param checksum of the imported file: another one under the same name is not what was asked for
 * @param regime how they came about, for example {@code pretrained}
 */
public record StartingWeights(String name, String checksum, String regime) {

  /** Which file they are. */
  public WeightsVersion version() {
    return new WeightsVersion(name, checksum);
  }
}
