package org.bagnetlab.server.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.mirror.MlflowAddress;

/** Warns if other users can read the secrets in the configuration. */
public final class ExposedSecrets {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private ExposedSecrets() {}

  /**
   * A warning if a data directory's configuration file contains secrets that other users can read.
   *
   * @param configuration the file's content
   */
  public static Optional<String> warning(Path dataDirectory, LabConfiguration configuration)
      throws IOException {
    Path file = dataDirectory.resolve(LabConfiguration.FILE);
    boolean hasToken =
        configuration.housekeeping().mirror().flatMap(MlflowAddress::token).isPresent();
    boolean hasRecipients = !configuration.housekeeping().messages().recipients().isEmpty();
    if (!Files.exists(file) || !(hasRecipients || hasToken)) {
      return Optional.empty();
    }
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)
          ? Optional.of(
              "%s contains secrets, and other users can read it: chmod 600 %s"
                  .formatted(file, file))
          : Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.empty(); // The file system has no POSIX permissions.
    }
  }
}
