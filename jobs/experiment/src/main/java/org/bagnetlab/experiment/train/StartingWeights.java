package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.WeightsVersion;

/**
 * Imported weights, as they were when a job that starts from them was queued.
 *
 * @param name under which they were imported
 * @param checksum checksum of the imported file; a file with another checksum is not the requested
 *     one
 * @param regime how the weights were trained, for example {@code pretrained}
 */
public record StartingWeights(String name, String checksum, String regime) {

  /** The version of these weights. */
  public WeightsVersion version() {
    return new WeightsVersion(name, checksum);
  }
}
