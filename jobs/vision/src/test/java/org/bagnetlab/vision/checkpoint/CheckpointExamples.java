package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files that PyTorch 2.13 wrote, good and bad, each with a description: the network, and the logits
 * that PyTorch computes in double precision from the values as stored, or the problem.
 */
public final class CheckpointExamples {

  private static final Path FOLDER = folder();

  private CheckpointExamples() {}

  /** A file and what is known of it. */
  public record Example(Path file, JsonNode about) {
    /** Registered name of its network. */
    public String architecture() {
      return about.get("arch").asText();
    }

    @Override
    public String toString() {
      return String.valueOf(file.getFileName());
    }
  }

  /** Those that must load. */
  public static List<Example> good() {
    return expecting("load");
  }

  /** Those that must be refused. */
  public static List<Example> bad() {
    return expecting("error");
  }

  /** One of them. */
  public static Example named(String name) {
    return example(FOLDER.resolve(name + ".json"));
  }

  private static List<Example> expecting(String outcome) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(CheckpointExamples::example)
          .filter(example -> example.about().get("expect").asText().equals(outcome))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example example(Path description) {
    try {
      JsonNode about = new JsonMapper().readTree(description.toFile());
      return new Example(description.resolveSibling(about.get("file").asText()), about);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      URI folder =
          Objects.requireNonNull(CheckpointExamples.class.getResource("/checkpoints")).toURI();
      return folder.getScheme().equals("jar") ? unpacked(folder) : Path.of(folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For other modules, which have these examples in a jar: what reads them wants real files. */
  private static Path unpacked(URI folder) throws IOException {
    Path copies = Files.createTempDirectory("checkpoints");
    copies.toFile().deleteOnExit();
    try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of());
        Stream<Path> files = Files.list(jar.provider().getPath(folder))) {
      for (Path file : files.toList()) {
        Path copy = Files.copy(file, copies.resolve(file.getFileName().toString()));
        copy.toFile().deleteOnExit();
      }
    }
    return copies;
  }
}
