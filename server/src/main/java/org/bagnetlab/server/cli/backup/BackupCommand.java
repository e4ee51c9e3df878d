package org.bagnetlab.server.cli.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.server.backup.Backup;
import org.bagnetlab.server.backup.BackupManifest;
import org.bagnetlab.server.backup.InvalidBackup;
import org.bagnetlab.server.backup.Restoration;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.LabCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.DataDirectoryInUse;
import org.bagnetlab.storage.directory.FileTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Saves a whole lab to a file. */
@Command(
    name = "backup",
    description = {
      "Save the whole lab to a zip file: the database and all files that belong to it, with checksums.",
      "With --server, the server goes on working meanwhile. Tokens, webhooks and the recipients of messages are not saved."
    })
public final class BackupCommand extends LabCommand {

  @Parameters(paramLabel = "FILE", description = "The file to write, which does not exist yet.")
  private Path file = Path.of("");

  @Override
  protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
    if (Files.exists(file)) {
      throw new Failure("%s exists: choose another name.".formatted(file));
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(part);
    DataDirectory.keepToOwner(part, DataDirectory.OWNER_FILE);
    BackupManifest manifest;
    try {
      manifest = client.isPresent() ? receive(client.get(), part) : write(part);
      FileTree.sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | InterruptedException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    FileTree.sync(Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file));
    Summary.of(file, manifest).print("Saved", json);
    if (!json.chosen()) {
      System.out.println(BackupManifest.LEFT_OUT);
    }
  }

  private static BackupManifest receive(LabClient client, Path part)
      throws IOException, InterruptedException {
    BackupProgress progress = new BackupProgress("MB saved");
    client.download("backup", part, (bytes, all) -> progress.reached(bytes, all.orElse(bytes)));
    progress.clear();
    // Only a complete backup has a manifest.
    try (Restoration received = Restoration.open(part)) {
      return received.manifest();
    } catch (InvalidBackup e) {
      throw new Failure("The backup is not complete: %s.".formatted(e.getMessage()));
    }
  }

  private BackupManifest write(Path part) throws IOException {
    if (!Files.isDirectory(data.directory().resolve("database"))) {
      throw new Failure("There is no lab in %s.".formatted(data.directory()));
    }
    try (DataDirectory directory = DataDirectory.open(data.directory());
        Backup backup = Backup.ofUnused(directory, Instant.now());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
      BackupProgress progress = new BackupProgress("MB saved");
      long all = backup.bytes();
      BackupManifest manifest = backup.write(out, block -> progress.add(block, all));
      progress.clear();
      return manifest;
    } catch (DataDirectoryInUse e) {
      throw new Failure("%s Set its address with --server URL.".formatted(e.getMessage()));
    }
  }
}
