package org.bagnetlab.server.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Tells whether a directory looks as if other machines had it, too. */
final class SharedDirectory {

  /** Kinds of file systems of which another machine sees nothing, as Linux names them. */
  private static final Set<String> LOCAL =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "ramfs", "overlay");

  private SharedDirectory() {}

  /** What to say about a directory that looks local; only a worker on a node can know. */
  static Optional<String> warning(Path directory) throws IOException {
    String kind = Files.getFileStore(Files.createDirectories(directory)).type();
    return LOCAL.contains(kind)
        ? Optional.of(
            ("%s looks local (%s). Workers on other machines need it at the same path; jobs fail"
                    + " and name the node where it is missing.")
                .formatted(directory, kind))
        : Optional.empty();
  }
}
