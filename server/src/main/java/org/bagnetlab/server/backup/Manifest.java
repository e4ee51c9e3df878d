package org.bagnetlab.server.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bagnetlab.protocol.Json;

/**
 * What is in a backup: its last entry, so that one that was interrupted has none.
 *
 * @param format version of this form
 * @param lab identifier of the data directory
 * @param savedAt when the database was saved, in UTC
 * @param jobs how many the database has
 * @param files every file but this one
 * @param notices what could not be saved as it should be, in lines for people
 */
public record Manifest(
    int format, String lab, String savedAt, int jobs, List<File> files, List<String> notices) {

  /** Name of the entry. */
  static final String NAME = "manifest.json";

  /** The version that this release writes and reads. */
  static final int FORMAT = 1;

  /** What no backup contains, for people. */
  public static final String LEFT_OUT =
      "Not in it: tokens (make new ones with ./bagnetlab token add NAME) and webhooks (enter them in"
          + " bagnetlab.yaml again).";

  /**
   * A file.
   *
   * @param path relative to the data directory
   * @param size in bytes
   * @param sha256 of its bytes, in hexadecimal
   */
  public record File(String path, long size, String sha256) {}

  /** Of all files, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(File::size).sum();
  }

  byte[] json() throws IOException {
    return Json.MAPPER.writeValueAsBytes(this);
  }

  /**
   * Reads a complete backup's.
   *
   * @throws InvalidBackup if it is none
   */
  static Manifest of(ZipFile zip) throws IOException {
    ZipEntry entry =
        Optional.ofNullable(zip.getEntry(NAME))
            .orElseThrow(() -> new InvalidBackup("it has no " + NAME));
    try (InputStream stream = zip.getInputStream(entry)) {
      JsonNode json = Json.MAPPER.readTree(stream);
      int format = json.path("format").asInt();
      if (format != FORMAT) {
        throw new InvalidBackup(
            "its format is %d, and this version reads %d".formatted(format, FORMAT));
      }
      return Json.MAPPER.treeToValue(json, Manifest.class);
    } catch (InvalidBackup e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidBackup("its %s is damaged".formatted(NAME));
    }
  }
}
