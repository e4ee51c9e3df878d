package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.Sha256;

/** Writes files to the worker's directory and reports them to the server. */
public final class ArtifactWriter {

  private final Path directory;
  private final EventWriter events;

  /** Writes to a directory that only this worker uses. */
  public ArtifactWriter(Path directory, EventWriter events) {
    this.directory = directory;
    this.events = events;
  }

  /** The path of a file with this name. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * Writes a file and hands it over to the server.
   *
   * @param output the experiment's output that the file belongs to, if any
   * @param replaces name of an earlier file that this one replaces. The names must differ, because
   *     the server may not have taken over the earlier file yet.
   */
  void write(
      Optional<String> output,
      ArtifactKind kind,
      String name,
      String mediaType,
      byte[] bytes,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException {
    Files.write(path(name), bytes);
    handOver(output, kind, name, mediaType, facts, replaces);
  }

  /** Writes a JSON file that belongs to no output, and hands it over to the server. */
  public void writeJson(ArtifactKind kind, String name, Object content, Map<String, String> facts)
      throws IOException {
    byte[] bytes = Json.MAPPER.writeValueAsBytes(content);
    write(Optional.empty(), kind, name, "application/json", bytes, facts, Optional.empty());
  }

  /** Hands over to the server a complete file that belongs to no output. */
  public void handOver(ArtifactKind kind, String name, String mediaType, Map<String, String> facts)
      throws IOException {
    handOver(Optional.empty(), kind, name, mediaType, facts, Optional.empty());
  }

  void handOver(
      Optional<String> output,
      ArtifactKind kind,
      String name,
      String mediaType,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException {
    Path file = path(name);
    events.write(
        new WorkerEvent.ArtifactWritten(
            output, kind, name, mediaType, Sha256.of(file), Files.size(file), facts, replaces));
  }
}
