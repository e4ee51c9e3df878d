package org.bagnetlab.server.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk which files have been received and not been imported yet, so that those whose
 * import ends with the server are known after its restart. Whatever is wrong with that memory stops
 * no import. For any thread; blocks.
 */
final class ReceivedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedFiles.class);

  private final Path memory;
  private final List<Received> waiting = new ArrayList<>();

  /**
   * A file that was answered with 202.
   *
   * @param receivedAt instant, ISO 8601
   */
  private record Received(String name, String source, long bytes, String receivedAt) {

    static Received of(UploadedDataset uploaded) {
      return new Received(
          uploaded.name(),
          uploaded.source(),
          uploaded.bytes(),
          String.valueOf(uploaded.receivedAt()));
    }

    UploadedDataset with(ImportState state) {
      return new UploadedDataset(name, source, bytes, Instant.parse(receivedAt), state);
    }
  }

  ReceivedFiles(Path memory) {
    this.memory = memory;
  }

  /** Those that an earlier server did not import, in this state; they are then forgotten. */
  synchronized List<UploadedDataset> left(ImportState state) {
    if (!Files.exists(memory)) {
      return List.of();
    }
    try {
      List<Received> left =
          Json.MAPPER.readValue(Files.readAllBytes(memory), new TypeReference<>() {});
      Files.delete(memory);
      return left.stream().map(each -> each.with(state)).toList();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot tell which imports ended with the server", e);
      return List.of();
    }
  }

  synchronized void add(UploadedDataset uploaded) {
    waiting.add(Received.of(uploaded));
    write();
  }

  synchronized void remove(UploadedDataset uploaded) {
    if (waiting.remove(Received.of(uploaded))) {
      write();
    }
  }

  private void write() {
    try {
      if (waiting.isEmpty()) {
        Files.deleteIfExists(memory);
        return;
      }
      Path part = memory.resolveSibling(memory.getFileName() + ".part");
      Files.writeString(part, Json.line(waiting));
      Files.move(part, memory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("Cannot note which files are being imported", e);
    }
  }
}
