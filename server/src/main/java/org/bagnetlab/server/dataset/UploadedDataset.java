package org.bagnetlab.server.dataset;

import java.time.Instant;

/**
 * An uploaded zip file of images, with the state of its import.
 *
 * @param name name of the data set
 * @param source name of the file
 * @param bytes size of the file
 * @param receivedAt when the file was received completely
 * @param state state of its import
 */
public record UploadedDataset(
    String name, String source, long bytes, Instant receivedAt, ImportState state) {

  UploadedDataset with(ImportState now) {
    return new UploadedDataset(name, source, bytes, receivedAt, now);
  }
}
