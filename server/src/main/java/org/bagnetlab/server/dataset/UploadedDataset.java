package org.bagnetlab.server.dataset;

import java.time.Instant;

/**
 * An uploaded zip file of images that is imported, or was.
 *
 * @param name of the data set
 * @param source the file's name
 * @param bytes the file's size
 * @param receivedAt when all of it had been received
 * @param state how far its import is
 */
public record UploadedDataset(
    String name, String source, long bytes, Instant receivedAt, ImportState state) {

  UploadedDataset with(ImportState now) {
    return new UploadedDataset(name, source, bytes, receivedAt, now);
  }
}
