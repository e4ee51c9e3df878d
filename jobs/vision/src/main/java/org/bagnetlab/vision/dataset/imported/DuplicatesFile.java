package org.bagnetlab.vision.dataset.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;

/**
 * Stores the duplicates of an imported data set in a file next to its manifest. They can be
 * recomputed from the images, so a file that is missing, damaged or written by another version of
 * the search is replaced.
 */
final class DuplicatesFile {

  static final String NAME = "duplicates.json";

  /** Version of the file format and of the search. */
  private static final int FORMAT = 1;

  private record Content(int format, String datasetChecksum, DuplicatePairs found) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private DuplicatesFile() {}

  static void write(Path folder, String datasetChecksum, DuplicatePairs found) throws IOException {
    // Written to a temporary file first, so that a concurrent reader finds either no file or a
    // complete one.
    Path part = folder.resolve("%s.%s.part".formatted(NAME, UUID.randomUUID()));
    try {
      MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValue(part.toFile(), new Content(FORMAT, datasetChecksum, found));
      Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The stored duplicates of these images; if empty, they must be searched for. */
  static Optional<DuplicatePairs> read(Path folder, String datasetChecksum) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(file.toFile(), Content.class))
          .filter(content -> content.format() == FORMAT)
          .filter(content -> content.datasetChecksum().equals(datasetChecksum))
          .map(Content::found);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
