package org.bagnetlab.vision.dataset.export;

/**
 * The content of {@code export.json}: the origin of exported images.
 *
 * @param format version of this file
 * @param dataset name of the data set
 * @param datasetChecksum checksum over all its images, as a run stores it
 * @param imageSize side in pixels
 * @param preparation how the images were resized; {@code generated} if they were drawn at this size
 * @param seed seed of the split
 * @param splitChecksum checksum over the paths in each part, as a run stores it
 * @param images number of exported images
 * @param checksum checksum of {@value DatasetExport#CHECKSUMS}, which contains the checksums of all
 *     other files
 * @param command the command that repeats the export
 */
record ExportManifest(
    int format,
    String dataset,
    String datasetChecksum,
    int imageSize,
    String preparation,
    long seed,
    String splitChecksum,
    int images,
    String checksum,
    String command) {

  static final String FILE = "export.json";
  static final int FORMAT = 1;
}
