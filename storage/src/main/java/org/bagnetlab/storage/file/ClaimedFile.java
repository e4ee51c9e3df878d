package org.bagnetlab.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bagnetlab.storage.StorageException;

/** Finds a claimed file in a worker's directory and verifies that it matches the claim. */
final class ClaimedFile {

  private static final int BLOCK = 1 << 16;

  /** File systems allow names of 255 bytes. */
  private static final int LONGEST_PATH = 200;

  private ClaimedFile() {}

  /**
   * The file, synced to disk.
   *
   * @throws ArtifactRefused if it is outside the directory, not a plain file, or of another size or
   *     checksum
   */
  static Path verified(Path directory, ArtifactClaim claim) throws IOException {
    Path file = inside(directory, claim.path());
    long size = Files.size(file);
    if (size != claim.size()) {
      throw new ArtifactRefused(
          "%s has %d bytes, but the worker reported %d."
              .formatted(claim.path(), size, claim.size()));
    }
    String sha256 = digestOnDisk(file);
    if (!sha256.equals(claim.sha256())) {
      throw new ArtifactRefused(
          "%s has the SHA-256 checksum %s, but the worker reported %s."
              .formatted(claim.path(), sha256, claim.sha256()));
    }
    return file;
  }

  private static Path inside(Path directory, String path) throws IOException {
    if (path.length() > LONGEST_PATH) {
      throw new ArtifactRefused("The path '%.20s...' is too long.".formatted(path));
    }
    Path root = directory.toRealPath();
    Path file;
    try {
      file = root.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new ArtifactRefused("'%s' is not a path.".formatted(path));
    }
    if (Path.of(path).isAbsolute() || file.equals(root) || !file.startsWith(root)) {
      throw new ArtifactRefused("'%s' is outside the worker's directory.".formatted(path));
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ArtifactRefused("There is no file '%s'.".formatted(path));
    }
    // A parent directory may be a link to another location.
    if (!file.toRealPath().equals(file)) {
      throw new ArtifactRefused("'%s' is reached through a link.".formatted(path));
    }
    return file;
  }

  private static String digestOnDisk(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return digest(file);
  }

  /** The SHA-256 checksum of a file's bytes. */
  static String digest(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (channel.read(block) >= 0) {
        digest.update(block.flip());
        block.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new StorageException("this Java has no SHA-256", e);
    }
  }
}
