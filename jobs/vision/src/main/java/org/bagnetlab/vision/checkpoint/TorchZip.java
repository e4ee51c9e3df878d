package org.bagnetlab.vision.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads PyTorch's format since 1.6: an uncompressed zip file with one folder that contains {@code
 * data.pkl} and the storages as {@code data/KEY}.
 */
final class TorchZip {

  private static final String PICKLE = "/data.pkl";

  private final ZipFile zip;
  private final long fileSize;
  private long read;

  private TorchZip(ZipFile zip, long fileSize) {
    this.zip = zip;
    this.fileSize = fileSize;
  }

  static CheckpointFile read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new TorchZip(zip, Files.size(file)).read();
    } catch (EOFException e) {
      throw new IOException(
          "the directory of the zip file lies beyond its %d bytes.".formatted(Files.size(file)), e);
    } catch (ZipException e) {
      throw new IOException(
          "the zip file of %d bytes is truncated or damaged (%s)."
              .formatted(Files.size(file), e.getMessage()),
          e);
    }
  }

  private CheckpointFile read() throws IOException {
    String folder = folder();
    refuseTorchScript(folder);
    refuseBigEndian(folder);
    byte[] pickle = bytes(folder + PICKLE, CheckpointLimits.LONGEST_PICKLE);
    StateDict model = StateDict.in(CheckpointPickle.read(new PickleBytes(pickle)).value());
    return new CheckpointFile(
        CheckpointFile.Format.TORCH_ZIP,
        model.facts(),
        model.read(key -> storage(folder + "/data/" + key), fileSize));
  }

  private String folder() throws IOException {
    List<String> pickles =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(PICKLE))
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length())
            .toList();
    if (pickles.size() != 1) {
      throw new IOException("it is a zip file, but not written by PyTorch: it has no data.pkl.");
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private void refuseTorchScript(String folder) throws IOException {
    if (zip.getEntry(folder + "/constants.pkl") != null
        || zip.stream().anyMatch(entry -> entry.getName().startsWith(folder + "/code/"))) {
      throw new IOException(
          "it is a TorchScript archive, which is a program: load it in PyTorch and save its state_dict.");
    }
  }

  private void refuseBigEndian(String folder) throws IOException {
    String entry = folder + "/byteorder";
    if (zip.getEntry(entry) != null
        && !new String(bytes(entry, 16), StandardCharsets.US_ASCII).strip().equals("little")) {
      throw new IOException("its numbers are big-endian: save it on a little-endian machine.");
    }
  }

  private ByteBuffer storage(String name) throws IOException {
    return ByteBuffer.wrap(bytes(name, Integer.MAX_VALUE)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads the bytes of an entry, checking its size and checksum. */
  private byte[] bytes(String name, long most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("%s is not in the zip file.".formatted(name));
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new IOException("%s is compressed, which PyTorch does not do.".formatted(name));
    }
    long limit = Math.min(most, fileSize);
    if (entry.getSize() > limit) {
      throw new IOException(
          "%s is too large: %d bytes, of at most %d.".formatted(name, entry.getSize(), limit));
    }
    read += entry.getSize();
    if (read > fileSize) {
      // The central directory of a zip file may refer to the same bytes many times.
      throw new IOException(
          "%s exceeds the file: the entries have more bytes than the file's %d."
              .formatted(name, fileSize));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      // PyTorch can write a checksum of zero, to save time.
      boolean unchanged = entry.getCrc() == 0 || entry.getCrc() == checksum.getValue();
      if (bytes.length < entry.getSize() || !unchanged) {
        throw new IOException("%s is damaged: its checksum differs.".formatted(name));
      }
      return bytes;
    } catch (EOFException e) {
      throw new IOException("%s lies beyond the end of the file.".formatted(name), e);
    }
  }
}
