package org.bagnetlab.worker.provenance;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.protocol.Code;
import org.bagnetlab.protocol.Json;

/**
 * The file {@code code.json} beside the jars of a worker, in which the build wrote what they
 * contain. Digests are computed by the build, since each start of a worker would take longer.
 *
 * @param code the code that computes
 * @param libraries versions of the native libraries, by name
 */
record CodeFile(Code code, SortedMap<String, String> libraries) {

  static final String NAME = "code.json";

  /**
   * The file of this process; without digest and libraries if it was not started from packaged
   * jars.
   */
  static CodeFile ofThisProcess() {
    Optional<Path> file = jar().map(jar -> jar.resolveSibling(NAME)).filter(Files::isRegularFile);
    try {
      return file.isPresent() ? read(file.get()) : unpackaged();
    } catch (IOException e) {
      // A result without its provenance is better than none.
      System.err.printf("%s could not be read: %s%n", file.get(), e.getMessage());
      return unpackaged();
    }
  }

  static CodeFile read(Path file) throws IOException {
    return Json.read(Files.readString(file), new TypeReference<>() {});
  }

  void write(Path file) throws IOException {
    Files.writeString(file, Json.line(this) + "\n");
  }

  /** The version of Bagnet Lab that this class was packaged with. */
  static String version() {
    String version = CodeFile.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  private static CodeFile unpackaged() {
    return new CodeFile(
        new Code(version(), Optional.empty(), Optional.empty(), false), new TreeMap<>());
  }

  private static Optional<Path> jar() {
    try {
      CodeSource source = CodeFile.class.getProtectionDomain().getCodeSource();
      return source == null ? Optional.empty() : Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
