package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.vision.dataset.Sha256;

/** Reads a bundle, which may come from anywhere. */
public final class Bundle implements AutoCloseable {

  /** Maximum length of a record in bytes: a training of a thousand epochs takes 0.3 MB. */
  private static final int LARGEST_RECORD = 4 << 20;

  /** Maximum number of files in a bundle: ten thousand runs with twenty files each. */
  private static final int MOST_ENTRIES = 200_000;

  private static final Pattern RECORD = Pattern.compile("runs/(\\d{1,18})/run\\.json");

  /** The name of the file with the checksums of the others. */
  public static final String CHECKSUMS = "manifest-sha256.txt";

  private static final Pattern CHECKSUM = Pattern.compile("([0-9a-f]{64})  (.+)");

  private static final int BLOCK = 1 << 16;

  private final ZipFile zip;

  private Bundle(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens a bundle.
   *
   * @throws InvalidBundle if the file is not a zip file, or contains too many files
   */
  public static Bundle open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InvalidBundle("it is incomplete, or no zip file");
    }
    if (zip.size() > MOST_ENTRIES) {
      zip.close();
      throw new InvalidBundle("it contains more than %d files".formatted(MOST_ENTRIES));
    }
    return new Bundle(zip);
  }

  /**
   * The ids of its jobs, in ascending order.
   *
   * @throws InvalidBundle if there are none
   */
  public List<Long> jobs() throws InvalidBundle {
    List<Long> jobs =
        zip.stream()
            .map(entry -> RECORD.matcher(entry.getName()))
            .filter(Matcher::matches)
            .map(found -> Long.valueOf(found.group(1)))
            .sorted()
            .toList();
    if (jobs.isEmpty()) {
      throw new InvalidBundle(
          "it has no runs; bundles are written by ./bagnetlab results export --bundle");
    }
    return jobs;
  }

  /**
   * The record of a job.
   *
   * @throws InvalidBundle if it cannot be read
   */
  public RunRecord record(long job) throws IOException {
    ZipEntry entry = zip.getEntry(RunRecord.path(job));
    if (entry == null) {
      throw new InvalidBundle("it has no record of run %d".formatted(job));
    }
    return record(entry);
  }

  private RunRecord record(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(LARGEST_RECORD + 1);
      if (text.length > LARGEST_RECORD) {
        throw new InvalidBundle("%s is too long".formatted(entry.getName()));
      }
      RunRecord record = RunRecord.MAPPER.readValue(text, RunRecord.class);
      if (record.format() != RunRecord.FORMAT) {
        throw new InvalidBundle(
            "%s has format %d, and this version knows only %d"
                .formatted(entry.getName(), record.format(), RunRecord.FORMAT));
      }
      if (!record.path().equals(entry.getName())) {
        throw new InvalidBundle("%s is the record of another run".formatted(entry.getName()));
      }
      RecordCheck.check(record);
      return record;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new InvalidBundle(
          "%s is not the record of a run%s"
              .formatted(
                  entry.getName(),
                  at == null
                      ? ""
                      : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr())));
    } catch (ZipException e) {
      throw new InvalidBundle("%s is damaged".formatted(entry.getName()));
    }
  }

  /**
   * Checks that the records are those that were written, and that no file of a run is missing.
   *
   * @throws InvalidBundle naming the first file that is changed or missing
   */
  public void verify() throws IOException {
    ZipEntry manifest = zip.getEntry(CHECKSUMS);
    if (manifest == null) {
      throw new InvalidBundle("it has no %s".formatted(CHECKSUMS));
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(zip.getInputStream(manifest), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher checksum = CHECKSUM.matcher(line);
        if (checksum.matches() && checksum.group(2).startsWith(RunRecord.FOLDER)) {
          verify(checksum.group(2), checksum.group(1));
        }
      }
    } catch (ZipException e) {
      throw new InvalidBundle("%s is damaged".formatted(CHECKSUMS));
    }
  }

  private void verify(String path, String sha256) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) {
      throw new InvalidBundle("%s is missing".formatted(path));
    }
    // The files of runs have their checksums in the records.
    if (RECORD.matcher(path).matches() && !sha256(entry).equals(sha256)) {
      throw new InvalidBundle("%s was changed".formatted(path));
    }
  }

  private String sha256(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return Sha256.of(in.readNBytes(LARGEST_RECORD + 1));
    } catch (ZipException e) {
      throw new InvalidBundle("%s is damaged".formatted(entry.getName()));
    }
  }

  /** Whether the bundle contains a file of a run. */
  public boolean has(RunRecord record, RecordedFile file) {
    return zip.getEntry(record.path(file)) != null;
  }

  /**
   * Writes a file of a run to its name in a directory. Its bytes are not verified.
   *
   * @throws InvalidBundle if it is longer than its record says
   */
  public void extract(RunRecord record, RecordedFile file, Path directory) throws IOException {
    Path target = directory.resolve(file.name());
    Files.createDirectories(target.resolveSibling(""));
    try (InputStream in = zip.getInputStream(zip.getEntry(record.path(file)));
        OutputStream out = Files.newOutputStream(target)) {
      byte[] block = new byte[BLOCK];
      long written = 0;
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        written += read;
        if (written > file.size()) {
          throw new InvalidBundle("%s is longer than its record says".formatted(record.path(file)));
        }
        out.write(block, 0, read);
      }
    } catch (ZipException e) {
      throw new InvalidBundle("%s is damaged".formatted(record.path(file)));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
