package org.bagnetlab.worker.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Code;

/** Writes {@link CodeFile#NAME} into a class path of workers. Called by the build. */
public final class IdentifyCode {

  /**
   * The modules that compute. Of the others on the class path, one describes experiments, whose
   * settings are stored with each job, and one transports messages.
   */
  private static final Pattern COMPUTING =
      Pattern.compile("bagnetlab-(vision|worker|engine-.*)-[^-]+\\.jar");

  /** A jar of native libraries, for example {@code openblas-0.3.19-1.5.7-linux-x86_64.jar}. */
  private static final Pattern NATIVE =
      Pattern.compile("(?<name>.+?)-(?<version>\\d.*?)-linux-x86_64(?:-(?<variant>.+))?\\.jar");

  private IdentifyCode() {}

  /**
   * Writes the file.
   *
   * @param arguments the directory with the jars; then, if known, Git's commit, and {@code
   *     modified} if the sources differ from it
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    List<String> git = List.of(arguments).subList(1, arguments.length);
    of(directory, git.stream().findFirst(), git.contains("modified"))
        .write(directory.resolve(CodeFile.NAME));
  }

  static CodeFile of(Path directory, Optional<String> commit, boolean modified) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(directory)) {
      jars = files.toList();
    }
    List<Path> computing =
        jars.stream().filter(jar -> COMPUTING.matcher(name(jar)).matches()).toList();
    SortedMap<String, String> libraries = libraries(jars);
    return new CodeFile(
        new Code(
            CodeFile.version(),
            Optional.of(ClassDigest.of(computing, libraries)),
            commit,
            modified),
        libraries);
  }

  private static SortedMap<String, String> libraries(List<Path> jars) {
    SortedMap<String, String> versions = new TreeMap<>();
    for (Path jar : jars) {
      Matcher library = NATIVE.matcher(name(jar));
      if (library.matches()) {
        String variant = library.group("variant");
        versions.put(
            variant == null ? library.group("name") : library.group("name") + "-" + variant,
            library.group("version"));
      }
    }
    return versions;
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
