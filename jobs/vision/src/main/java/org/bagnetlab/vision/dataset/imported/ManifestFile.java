package org.bagnetlab.vision.dataset.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.staging.JsonProblem;
import org.jspecify.annotations.Nullable;

/** Reads and writes the manifest in a data set's folder. */
public final class ManifestFile {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestFile() {}

  static void write(Path folder, Manifest manifest) throws IOException {
    MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(Manifest.FILE).toFile(), manifest);
  }

  /**
   * Reads a manifest.
   *
   * @throws DamagedException if it is missing or invalid
   * @throws IOException if it cannot be read
   */
  static Manifest read(Path folder, String name) throws IOException {
    Path file = folder.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw damaged(name, "it is missing", null);
    }
    Manifest manifest = parsed(file, name);
    Optional<String> problem = problem(manifest, name);
    if (problem.isPresent()) {
      throw damaged(name, problem.get(), null);
    }
    return manifest;
  }

  private static Manifest parsed(Path file, String name) throws IOException {
    try {
      @Nullable Manifest manifest = MAPPER.readValue(file.toFile(), Manifest.class);
      if (manifest == null) {
        throw damaged(name, "it contains no data set", null);
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw damaged(name, JsonProblem.words(e), e);
    }
  }

  private static Optional<String> problem(Manifest manifest, String name) {
    List<String> classes = manifest.classes();
    if (manifest.format() != Manifest.FORMAT) {
      return Optional.of(
          "it has format %d; this version reads format %d"
              .formatted(manifest.format(), Manifest.FORMAT));
    }
    if (!manifest.name().equals(name)) {
      return Optional.of("it belongs to the data set '%s'".formatted(manifest.name()));
    }
    if (classes.stream().anyMatch(Objects::isNull)) {
      return Optional.of("a class has no name");
    }
    if (!SHA_256.matcher(manifest.checksum()).matches()) {
      return Optional.of("'%s' is not a checksum".formatted(manifest.checksum()));
    }
    return manifest.images().stream()
        .flatMap(image -> problem(image, classes.size()).stream())
        .findFirst();
  }

  private static Optional<String> problem(Manifest.@Nullable Entry image, int classes) {
    if (image == null) {
      return Optional.of("an image is null");
    }
    if (image.label() < 0 || image.label() >= classes) {
      return Optional.of("the image '%s' has no class".formatted(image.path()));
    }
    return inside(image.path())
        ? Optional.empty()
        : Optional.of("the path '%s' points outside its folder".formatted(image.path()));
  }

  private static boolean inside(String path) {
    return !path.isEmpty()
        && !path.startsWith("/")
        && path.indexOf('\0') < 0
        && !List.of(path.split("/")).contains("..");
  }

  private static DamagedException damaged(String name, String why, @Nullable Throwable cause) {
    return unusable(
        name,
        "is damaged: %s. Remove it with ./bagnetlab dataset remove %s (while a server runs, with --server URL), and import the data set again."
            .formatted(why, name),
        cause);
  }

  /**
   * The exception for a manifest that cannot be read. Its content may be intact, so the data set
   * must not be removed.
   */
  public static DamagedException unread(String name, IOException e) {
    return unusable(
        name, "cannot be read: %s. Check its permissions and the disk.".formatted(e), e);
  }

  private static DamagedException unusable(String name, String how, @Nullable Throwable cause) {
    return new DamagedException(
        name, "The %s of the data set '%s' %s".formatted(Manifest.FILE, name, how), cause);
  }
}
