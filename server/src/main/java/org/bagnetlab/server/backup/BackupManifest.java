package org.bagnetlab.server.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bagnetlab.protocol.Json;

/**
 * Describes the contents of a backup. It is the last entry of the zip file, so an interrupted
 * backup has no manifest.
 *
 * @param format version of the format
 * @param lab identifier of the data directory
 * @param savedAt when the database was saved, in UTC
 * @param jobs number of jobs in the database
 * @param files all files except this one
 * @param notices what could not be saved correctly, one line each, for users
 */
public record BackupManifest(
    int format, String lab, String savedAt, int jobs, List<File> files, List<String> notices) {

  /** Name of its entry in the zip file. */
  static final String NAME = "manifest.json";

  /** The version of the format that this release writes and reads. */
  static final int FORMAT = 1;

  /** Tells users what backups do not contain. */
  public static final String LEFT_OUT =
      "Not in it: tokens (make new ones with ./bagnetlab token add NAME), and webhooks and messages"
          + " (enter them in bagnetlab.yaml again).";

  /**
   * A file in the backup.
   *
   * @param path path relative to the data directory
   * @param size size in bytes
   * @param sha256 SHA-256 hash of its bytes, in hexadecimal
   */
  public record File(String path, long size, String sha256) {}

  /** The total size of all files, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(File::size).sum();
  }

  /** Streams the manifest as JSON, since a large lab has many files. */
  void write(OutputStream to) throws IOException {
    Json.MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(to, this);
  }

  /** The only field that all formats share. */
  private record Version(int format) {}

  /**
   * Reads the manifest of a complete backup.
   *
   * @throws InvalidBackup if the file has no manifest
   */
  static BackupManifest of(ZipFile zip) throws IOException {
    ZipEntry entry =
        Optional.ofNullable(zip.getEntry(NAME))
            .orElseThrow(() -> new InvalidBackup("it has no " + NAME));
    int format = read(zip, entry, Version.class).format();
    if (format != FORMAT) {
      throw new InvalidBackup(
          "its format is %d, and this version reads %d".formatted(format, FORMAT));
    }
    return read(zip, entry, BackupManifest.class);
  }

  private static <T> T read(ZipFile zip, ZipEntry entry, Class<T> type) throws IOException {
    try (InputStream stream = zip.getInputStream(entry)) {
      return Optional.ofNullable(Json.MAPPER.readValue(stream, type))
          .orElseThrow(() -> new IOException("null"));
    } catch (IOException e) {
      throw new InvalidBackup("its %s is damaged".formatted(NAME));
    }
  }
}
