package org.bagnetlab.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.WorkerEvent;

/** Puts files into the worker's directory and tells the server of them. */
final class ArtifactWriter {

  private final Path directory;
  private final EventWriter events;

  ArtifactWriter(Path directory, EventWriter events) {
    this.directory = directory;
    this.events = events;
  }

  /** Where a file of this name goes. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes a file and hands it over. */
  void write(
      ArtifactKind kind, String name, String mediaType, byte[] bytes, Map<String, String> facts)
      throws IOException {
    write(kind, name, mediaType, bytes, facts, Optional.empty());
  }

  /**
   * Writes a file and hands it over, to take another's place. Its name must be another, too: the
   * server may not have fetched the earlier file yet.
   */
  void write(
      ArtifactKind kind,
      String name,
      String mediaType,
      byte[] bytes,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException {
    Files.write(path(name), bytes);
    handOver(kind, name, mediaType, facts, replaces);
  }

  /** Hands over a file that is complete. */
  void handOver(ArtifactKind kind, String name, String mediaType, Map<String, String> facts)
      throws IOException {
    handOver(kind, name, mediaType, facts, Optional.empty());
  }

  private void handOver(
      ArtifactKind kind,
      String name,
      String mediaType,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException {
    Path file = path(name);
    events.write(
        new WorkerEvent.ArtifactWritten(
            kind, name, mediaType, sha256(file), Files.size(file), facts, replaces));
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
