package org.bagnetlab.experiment;

/**
 * Imported weights, as they were when a job that uses them was queued.
 *
 * @param name under which they were imported
 * @param checksum checksum of the imported file; a file with another checksum is not the requested
 *     one
 */
public record WeightsVersion(String name, String checksum) {}
