package org.bagnetlab.server.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Checks whether a directory appears to be shared with other machines. */
final class SharedDirectory {

  /** The types of local file systems, as named by Linux. */
  private static final Set<String> LOCAL =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "ramfs", "overlay");

  private SharedDirectory() {}

  /**
   * A warning if a directory appears to be local; only a worker on a node can tell with certainty.
   */
  static Optional<String> warning(Path directory) throws IOException {
    String kind = Files.getFileStore(Files.createDirectories(directory)).type();
    return LOCAL.contains(kind)
        ? Optional.of(
            ("%s appears to be local (%s). Workers on other machines need it at the same path; jobs fail"
                    + " and name the node where it is missing.")
                .formatted(directory, kind))
        : Optional.empty();
  }
}
