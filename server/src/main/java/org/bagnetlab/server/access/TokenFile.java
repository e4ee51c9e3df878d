package org.bagnetlab.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.directory.IncompleteRestoration;
import org.bagnetlab.storage.directory.LabIdentity;

/**
 * Stores the tokens of a lab in files that only their owner may read. Backups do not contain them.
 * The command line may change them while a server runs; the server then reads them again.
 */
public final class TokenFile {

  /** Name of the file with the hashes of all tokens, in the data directory. */
  public static final String NAME = "tokens.json";

  /** Name of the file with the first token in plain text. */
  public static final String FIRST = "operator-token";

  /** Name of the first token. */
  private static final String FIRST_NAME = "operator";

  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  private final Path directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private TokenFile(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The tokens of the lab in a data directory. */
  public static TokenFile in(Path dataDirectory, Clock clock) {
    return new TokenFile(dataDirectory, clock);
  }

  /**
   * All tokens, the oldest first. Blocks.
   *
   * @throws IOException if the file is damaged; the message says what to do
   */
  public List<AccessToken> read() throws IOException {
    Path file = directory.resolve(NAME);
    try {
      return Json.MAPPER.readValue(Files.readString(file), Tokens.class).tokens().stream()
          .map(Stored::token)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IOException(
          "%s is damaged. Delete it and make new tokens with ./bagnetlab token add NAME."
              .formatted(file),
          e);
    }
  }

  private record Tokens(List<Stored> tokens) {}

  private record Stored(String name, String role, String sha256, String created) {

    static Stored of(AccessToken token) {
      return new Stored(
          token.name(), token.role().text(), token.sha256(), token.created().toString());
    }

    AccessToken token() {
      return new AccessToken(
          Objects.requireNonNull(name),
          Role.find(role).orElseThrow(),
          Objects.requireNonNull(sha256),
          Instant.parse(created));
    }
  }

  /**
   * Creates a token. Blocks.
   *
   * @return the token in plain text, which is not stored and cannot be shown again
   * @throws IllegalArgumentException if the name is taken or invalid
   * @throws IncompleteRestoration if the lab was not restored completely
   */
  public String add(String name, Role role) throws IOException {
    return add(name, role, token -> {});
  }

  private interface Keeper {
    void keep(String token) throws IOException;
  }

  /**
   * Saves the token itself before its hash: a crash in between leaves an unusable token instead of
   * a valid one that is lost.
   */
  private String add(String name, Role role, Keeper keeper) throws IOException {
    if (!NAMES.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A token's name has 1 to 32 letters, digits, dots, hyphens and underscores, but '%s' has not."
              .formatted(name));
    }
    try (FileChannel channel = lockFile()) {
      var _ = channel.lock(); // The lock is held until the channel is closed.
      List<AccessToken> tokens = new ArrayList<>(read());
      if (tokens.stream().anyMatch(token -> token.name().equals(name))) {
        throw new IllegalArgumentException(
            "There is a token '%s' already. Choose another name, or remove it first: ./bagnetlab token remove %s"
                .formatted(name, name));
      }
      String token = AccessToken.generate(random);
      tokens.add(new AccessToken(name, role, AccessToken.hash(token), clock.instant()));
      keeper.keep(token);
      write(tokens);
      return token;
    }
  }

  /**
   * Revokes a token. Blocks.
   *
   * @return whether a token with this name existed
   */
  public boolean remove(String name) throws IOException {
    try (FileChannel channel = lockFile()) {
      var _ = channel.lock(); // The lock is held until the channel is closed.
      List<AccessToken> tokens = new ArrayList<>(read());
      boolean removed = tokens.removeIf(token -> token.name().equals(name));
      if (removed) {
        write(tokens);
        if (name.equals(FIRST_NAME)) {
          Files.deleteIfExists(directory.resolve(FIRST));
        }
      }
      return removed;
    }
  }

  /**
   * Creates an operator token if the lab has no tokens. Blocks.
   *
   * @return the file with that token, unless it was deleted or revoked
   */
  public Optional<Path> first() throws IOException {
    Path file = directory.resolve(FIRST);
    if (read().isEmpty()) {
      var _ = add(FIRST_NAME, Role.OPERATOR, token -> replace(file, token + "\n"));
    }
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String hash = AccessToken.hash(Files.readString(file).strip());
    return read().stream().anyMatch(token -> token.hasHash(hash))
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Locks the token file, so that concurrent commands do not overwrite each other's changes. */
  private FileChannel lockFile() throws IOException {
    // If the restoration is incomplete, repeating it would delete the tokens.
    LabIdentity.requireRestored(directory);
    if (!Files.exists(directory)) {
      DataDirectory.keepToOwner(
          Files.createDirectories(directory), PosixFilePermissions.fromString("rwx------"));
    }
    Path lock = directory.resolve("tokens.lock");
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // A user who can read the lock file can also hold its lock indefinitely.
    DataDirectory.keepToOwner(lock, DataDirectory.OWNER_FILE);
    return channel;
  }

  private void write(List<AccessToken> tokens) throws IOException {
    Tokens stored = new Tokens(tokens.stream().map(Stored::of).toList());
    replace(directory.resolve(NAME), Json.MAPPER.valueToTree(stored).toPrettyString() + "\n");
  }

  /**
   * Replaces a file with one that other users can never read, not even while it is being written.
   * Fails otherwise.
   */
  private void replace(Path file, String text) throws IOException {
    Path part = createForOwner(file);
    try {
      Files.writeString(part, text);
      FileTree.sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Path createForOwner(Path file) throws IOException {
    String prefix = String.valueOf(file.getFileName());
    try {
      return Files.createTempFile(
          directory,
          prefix,
          ".part",
          PosixFilePermissions.asFileAttribute(DataDirectory.OWNER_FILE));
    } catch (UnsupportedOperationException e) {
      return Files.createTempFile(directory, prefix, ".part"); // without POSIX permissions
    }
  }
}
