package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the contents of an open database whose file loses its name because it is removed or
 * replaced: writes to such a file are lost when it is closed. Until the name is restored, the
 * contents are copied to a file in the same directory, and copied again after each change.
 */
final class Rescue {

  private static final Logger LOG = LoggerFactory.getLogger(Rescue.class);

  /** The pause after a failed copy, doubled after each further failure. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Path database;
  private final NamedFile named;
  private final LongSupplier nanoTime;

  /**
   * The open store. It is queried directly, without a connection: H2 might have opened the file
   * that has the name now.
   */
  private @Nullable MVStore open;

  /** Where the contents are saved; null while the file has its name. */
  private @Nullable Path copy;

  /** Whether that copy was ever completed. */
  private boolean made;

  /** Whether something was written since the copy. */
  private boolean outdated;

  /** Why the last attempt failed; null if it did not fail. */
  private @Nullable String failure;

  private Duration pause = FIRST_PAUSE;
  private long retryAt;

  /** Watches the file of a database, given without the suffix that H2 adds. */
  Rescue(Path database, LongSupplier nanoTime) {
    this.database = database;
    this.named = new NamedFile(DatabaseFiles.store(database));
    this.nanoTime = nanoTime;
    this.retryAt = nanoTime.getAsLong();
  }

  /** Whether the open file has lost its name. */
  boolean isLost() {
    return named.isLost();
  }

  /** Records that a new file has the name, which may not be open yet. */
  void renamed() {
    named.given();
  }

  /** Records which connections are open now. */
  synchronized void opened(Connections connections) {
    open = connections.store();
  }

  /** Records that something was written. */
  synchronized void written() {
    outdated = true;
  }

  /**
   * Checks whether the file has its name. If not, saves its contents, unless they are already saved
   * or that failed a short time ago. Nothing may be written meanwhile.
   *
   * @return a message for users; empty if the file has its name
   */
  synchronized Optional<String> watch(Connections connections) {
    if (!isLost()) {
      if (copy != null) {
        LOG.warn("The database file {} is there again", named.name());
        copy = null;
      }
      follow(connections);
      return Optional.empty();
    }
    return Optional.of(keep(nanoTime.getAsLong() - retryAt >= 0));
  }

  /** Like {@link #watch}, but for the last time: contents not saved now are lost. */
  synchronized Optional<String> watchBeforeClosing() {
    return isLost() ? Optional.of(keep(true)) : Optional.empty();
  }

  /**
   * Switches to the store that H2 uses now: H2 reopens a failed file by itself when a connection is
   * requested.
   */
  private void follow(Connections connections) {
    if (isClosed() && !connections.isClosed()) {
      try {
        opened(connections);
      } catch (RuntimeException e) {
        LOG.debug("The database is not open", e);
      }
    }
  }

  private boolean isClosed() {
    return open == null || open.isClosed();
  }

  private String keep(boolean due) {
    if (copy == null) {
      LOG.error("The database file {} was removed or replaced", named.name());
      copy = DatabaseFiles.store(DatabaseFiles.rescued(database, Instant.now()));
      made = false;
      outdated = true;
      failure = null;
      pause = FIRST_PAUSE;
      due = true;
    }
    if (outdated && isClosed()) {
      failure = "it was closed";
    } else if (outdated && due) {
      attempt(copy);
    }
    return message(copy);
  }

  private void attempt(Path target) {
    try {
      write(Objects.requireNonNull(open), target);
      boolean first = !made;
      made = true;
      outdated = false;
      failure = null;
      pause = FIRST_PAUSE;
      retryAt = nanoTime.getAsLong();
      if (first) {
        LOG.error("{}", message(target));
      }
    } catch (IOException | RuntimeException e) {
      failure = e.toString();
      retryAt = nanoTime.getAsLong() + pause.toNanos();
      LOG.error("{} Trying again in {} s", message(target), pause.toSeconds());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  /** Keeps an earlier copy until the new one is complete. */
  private static void write(MVStore source, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path folder = Objects.requireNonNull(target.getParent());
    if (!Files.isDirectory(folder)) {
      // The directory was removed with the file. Only it is recreated: its parent may not be
      // mounted.
      Files.createDirectory(folder);
      DataDirectory.keepToOwner(folder, DataDirectory.OWNER_ONLY);
    }
    try {
      var _ = source.commit();
      Snapshot.write(source, part);
      DataDirectory.keepToOwner(part, DataDirectory.OWNER_FILE);
      FileTree.sync(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      DatabaseFiles.syncDirectory(target);
    } catch (IOException | RuntimeException e) {
      part.toFile().delete();
      throw e;
    }
  }

  private String message(Path target) {
    String lost =
        "The database file %s was removed or replaced while the server runs."
            .formatted(named.name());
    if (failure == null) {
      return "%s What is stored is kept as %s: stop the server, put that in its place, and start again."
          .formatted(lost, target);
    }
    String before = made ? " What was stored before is kept as %s.".formatted(target) : "";
    return "%s%s What was stored%s is not kept (%s)%s"
        .formatted(
            lost,
            before,
            made ? " since" : "",
            failure,
            isClosed() ? "." : ": mend that before you stop the server.");
  }
}
