package org.bagnetlab.server.cli.backup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bagnetlab.server.backup.BackupManifest;
import org.bagnetlab.server.backup.InvalidBackup;
import org.bagnetlab.server.backup.Restoration;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Restores a backup into a new data directory. */
@Command(
    name = "restore",
    description =
        "Restore a backup into a data directory that is empty or does not exist. Every checksum is"
            + " verified before anything is in place. If it is interrupted, run it again.")
public final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A file written by the command backup.")
  private Path file = Path.of("");

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    Path directory = data.directory();
    if (file.toString().endsWith(".part")) {
      throw new Failure("%s is a backup that was interrupted: make another.".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new Failure("There is no file %s.".formatted(file));
    }
    try (Restoration backup = Restoration.open(file)) {
      BackupManifest manifest = backup.manifest();
      BackupProgress progress = new BackupProgress("MB restored");
      backup.into(directory, block -> progress.add(block, manifest.bytes()));
      progress.clear();
      Summary.of(file, manifest).print("Restored", json);
      if (!json.chosen()) {
        System.out.println(BackupManifest.LEFT_OUT);
        System.out.printf("Start it with: ./bagnetlab serve --data %s%n", directory);
      }
      return 0;
    } catch (DirectoryNotEmptyException e) {
      throw new Failure(
          "%s is not empty: restore into an empty or new directory.".formatted(directory));
    } catch (InvalidBackup e) {
      throw new Failure(
          "%s cannot be restored: %s. Nothing is in %s."
              .formatted(file, e.getMessage(), directory));
    }
  }
}
