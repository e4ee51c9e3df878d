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
 * Keeps received files until they are imported, each in a separate folder, together with a list of
 * them. Files that are waiting when the server ends are imported after its restart. A damaged list
 * does not prevent imports. Thread-safe; blocks.
 */
final class ReceivedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedFiles.class);

  private static final String LIST = "received.json";

  private final Path directory;
  private final Map<Path, Received> received = new LinkedHashMap<>();

  /**
   * A file whose upload was answered with status 202.
   *
   * @param folder name of its folder
   * @param receivedAt instant in ISO 8601
   * @param begun whether its import has started
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
   * A file that an earlier server process received, but did not finish importing.
   *
   * @param uploaded the waiting import
   * @param folder folder of the file
   * @param begun whether its import had started; if so, the file is deleted
   * @param complete whether the file exists with its full size
   */
  record Left(UploadedDataset uploaded, Path folder, boolean begun, boolean complete) {

    boolean resumable() {
      return complete && !begun;
    }
  }

  ReceivedFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The files left by an earlier server process. All except those that can still be imported are
   * deleted and removed from the list.
   */
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
      // No file is deleted: which imports have ended is unknown.
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
   * Moves a file to this store, and syncs it to the disk before adding it to the list.
   *
   * @param folder folder that contains only the file
   * @return the new path of the folder
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

  /**
   * Records that the import of a folder's file starts. It is not started again after a restart,
   * since it may have crashed the server.
   */
  synchronized void begin(Path folder) {
    received.computeIfPresent(folder, (path, known) -> known.beginning());
    write();
  }

  /** Removes the file of a folder from the list, because it is imported or no longer needed. */
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
