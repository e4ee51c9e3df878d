package org.bagnetlab.server.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.FileTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files that have been received until they are imported, each in a folder of its own, and a
 * list of them, so that those that wait when the server ends are imported after its restart.
 * Whatever is wrong with that list stops no import. For any thread; blocks.
 */
final class ReceivedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedFiles.class);

  private static final String LIST = "received.json";

  private final Path directory;
  private final Map<Path, Received> received = new LinkedHashMap<>();

  /**
   * A file that was answered with 202.
   *
   * @param folder its name
   * @param receivedAt instant, ISO 8601
   * @param begun whether its import has
   */
  private record Received(
      String folder, String name, String source, long bytes, String receivedAt, boolean begun) {

    Received beginning() {
      return new Received(folder, name, source, bytes, receivedAt, true);
    }

    UploadedDataset waiting() {
      return new UploadedDataset(
          name, source, bytes, Instant.parse(receivedAt), new ImportState.Waiting());
    }
  }

  /**
   * A file that an earlier server has not imported.
   *
   * @param uploaded as it waited
   * @param folder of the file
   * @param begun whether its import has; its file is then gone
   * @param complete whether the file is there in its size
   */
  record Left(UploadedDataset uploaded, Path folder, boolean begun, boolean complete) {

    boolean resumable() {
      return complete && !begun;
    }
  }

  ReceivedFiles(Path directory) {
    this.directory = directory;
  }

  /** Those of an earlier server. All but the resumable ones are removed and forgotten. */
  synchronized List<Left> left() {
    List<Left> left = new ArrayList<>();
    try {
      for (Received each : list()) {
        Path folder = directory.resolve(each.folder());
        Left found = new Left(each.waiting(), folder, each.begun(), complete(folder, each));
        left.add(found);
        if (found.resumable()) {
          received.put(folder, each);
        }
      }
    } catch (IOException | RuntimeException e) {
      // What is not known to have ended is not deleted.
      LOG.warn("Cannot tell which imports ended with the server", e);
      return left;
    }
    write();
    try (Stream<Path> there = Files.list(directory)) {
      for (Path each : there.filter(this::isLeftOver).toList()) {
        FileTree.delete(each);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove what ended imports left", e);
    }
    return left;
  }

  private boolean isLeftOver(Path path) {
    return !received.containsKey(path) && !path.endsWith(LIST);
  }

  private List<Received> list() throws IOException {
    Path list = directory.resolve(LIST);
    return Files.exists(list)
        ? Json.MAPPER.readValue(Files.readAllBytes(list), new TypeReference<>() {})
        : List.of();
  }

  private static boolean complete(Path folder, Received received) throws IOException {
    Path file = folder.resolve(received.source());
    return Files.exists(file) && Files.size(file) == received.bytes();
  }

  /**
   * Takes over a file, which is on the disk before it is listed.
   *
   * @param folder of the file alone
   * @return where the folder is now
   */
  Path add(UploadedDataset uploaded, Path folder) throws IOException {
    FileTree.sync(folder.resolve(uploaded.source()));
    FileTree.sync(folder);
    Path kept = directory.resolve(String.valueOf(folder.getFileName()));
    synchronized (this) {
      Files.move(folder, kept, StandardCopyOption.ATOMIC_MOVE);
      received.put(
          kept,
          new Received(
              String.valueOf(kept.getFileName()),
              uploaded.name(),
              uploaded.source(),
              uploaded.bytes(),
              String.valueOf(uploaded.receivedAt()),
              false));
      write();
    }
    return kept;
  }

  /** The import of a folder's file begins. It is not begun twice: it might be what ends servers. */
  synchronized void begin(Path folder) {
    received.computeIfPresent(folder, (path, known) -> known.beginning());
    write();
  }

  /** Forgets a folder's file, which is imported or not wanted. */
  synchronized void remove(Path folder) {
    received.remove(folder);
    write();
  }

  private void write() {
    Path list = directory.resolve(LIST);
    try {
      if (received.isEmpty()) {
        Files.deleteIfExists(list);
        return;
      }
      Path part = directory.resolve(LIST + ".part");
      Files.writeString(part, Json.line(received.values()));
      FileTree.sync(part);
      Files.move(part, list, StandardCopyOption.ATOMIC_MOVE);
      FileTree.sync(directory);
    } catch (IOException e) {
      LOG.warn("Cannot note which files are being imported", e);
    }
  }
}
