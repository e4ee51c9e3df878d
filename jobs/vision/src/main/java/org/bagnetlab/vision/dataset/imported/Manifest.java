package org.bagnetlab.vision.dataset.imported;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * The content of {@code dataset.json} of an imported data set. Format 1.
 *
 * @param format version of this file
 * @param name of the data set
 * @param source where it was imported from, as given by the user
 * @param importedAt time of the import, ISO 8601
 * @param classes class names
 * @param images every image
 * @param checksum checksum of the paths and contents of all images
 */
public record Manifest(
    int format,
    String name,
    String source,
    String importedAt,
    List<String> classes,
    List<Entry> images,
    String checksum) {

  /** Name of the file in the folder of the data set. */
  public static final String FILE = "dataset.json";

  static final int FORMAT = 1;

  /**
   * An image file.
   *
   * @param path path below the data set's folder
   * @param label its class
   * @param folder the folder in which the authors of the data set put it
   * @param sha256 SHA-256 of the file, 64 hexadecimal digits
   * @param width in pixels
   * @param height in pixels
   * @param channels 1 or 3
   */
  public record Entry(
      String path,
      int label,
      SceneImage.Folder folder,
      String sha256,
      int width,
      int height,
      int channels) {}

  static String checksum(List<Entry> images) {
    MessageDigest digest = Sha256.digest();
    for (Entry image : images) {
      digest.update(
          "%s %s\n".formatted(image.sha256(), image.path()).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
