package org.bagnetlab.experiment;

/**
 * Imported weights as they were when a job was queued to use them.
 *
 * @param name under which they were imported
 * @param checksum of the imported file: another one under the same name is not what was asked for
 */
public record WeightsVersion(String name, String checksum) {}
