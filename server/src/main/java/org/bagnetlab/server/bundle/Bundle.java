package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;

/** Reads a bundle, which may come from anywhere. */
public final class Bundle implements AutoCloseable {

  /** Maximum length of a record in bytes; those of a thousand epochs and maps take a few MB. */
  private static final long LARGEST_RECORD = 64L << 20;

  private static final Pattern RECORD = Pattern.compile("runs/\\d+/run\\.json");

  private static final int BLOCK = 1 << 16;

  private final ZipFile zip;

  private Bundle(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens a bundle.
   *
   * @throws InvalidBundle if the file is not a zip file
   */
  public static Bundle open(Path file) throws IOException {
    try {
      return new Bundle(new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new InvalidBundle("it is incomplete, or no zip file");
    }
  }

  /**
   * The records, in the order of their ids.
   *
   * @throws InvalidBundle if there are none, or one cannot be read
   */
  public List<RunRecord> records() throws IOException {
    List<RunRecord> records = new ArrayList<>();
    for (ZipEntry entry : zip.stream().toList()) {
      if (RECORD.matcher(entry.getName()).matches()) {
        records.add(record(entry));
      }
    }
    if (records.isEmpty()) {
      throw new InvalidBundle(
          "it has no runs; bundles are written by ./bagnetlab results export --bundle");
    }
    records.sort(Comparator.comparingLong(RunRecord::job));
    return records;
  }

  private RunRecord record(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes((int) LARGEST_RECORD + 1);
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
      for (RecordedFile file : record.files()) {
        if (!isInside(file.name())) {
          throw new InvalidBundle("%s has a file '%s'".formatted(entry.getName(), file.name()));
        }
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new InvalidBundle(
          "%s is not the record of a run (%s)".formatted(entry.getName(), e.getOriginalMessage()));
    } catch (ZipException e) {
      throw new InvalidBundle("%s is damaged".formatted(entry.getName()));
    }
  }

  /** Whether a name stays inside the directory that it is resolved against. */
  private static boolean isInside(String name) {
    try {
      Path path = Path.of(name);
      return !name.isEmpty()
          && !path.isAbsolute()
          && path.normalize().equals(path)
          && !path.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
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
