package org.bagnetlab.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data sets and weights may be removed while a backup is written. */
@Timeout(60)
class BackupTests {

  /** Length of the first file that is written of the folder, and of no other. */
  private static final int FIRST = 7;

  @TempDir Path folder;

  private interface Change {
    void of(Path birds) throws IOException;
  }

  /** Changes a data set as soon as its first file is written. */
  private BackupManifest written(Change change) throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder.resolve("data"))) {
      DatabaseStart.open(directory, Recovery.REFUSE).close();
      Path birds = Files.createDirectories(directory.datasets().resolve("birds"));
      Files.write(birds.resolve("1"), new byte[FIRST]);
      Files.write(birds.resolve("2"), new byte[FIRST + 1]);
      Files.write(birds.resolve("3"), new byte[FIRST + 2]);
      Path fish = Files.createDirectories(directory.datasets().resolve("fish"));
      Files.write(fish.resolve("1"), new byte[FIRST + 1]);
      try (Backup backup = Backup.ofUnused(directory, Instant.EPOCH);
          OutputStream zip = Files.newOutputStream(folder.resolve("lab.zip"))) {
        return backup.write(
            zip,
            block -> {
              if (block == FIRST) {
                changed(change, birds);
              }
            });
      }
    }
  }

  private static void changed(Change change, Path birds) {
    try {
      change.of(birds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertLeftOut(BackupManifest manifest) throws IOException {
    assertThat(manifest.notices())
        .containsExactly("datasets/birds was removed or changed meanwhile: it is left out.");
    assertThat(manifest.files())
        .extracting(BackupManifest.File::path)
        .contains("datasets/fish/1")
        .noneMatch(path -> path.startsWith("datasets/birds"));
    Path restored = folder.resolve("restored");
    try (Restoration backup = Restoration.open(folder.resolve("lab.zip"))) {
      assertThat(backup.manifest()).isEqualTo(manifest);
      backup.into(restored, block -> {});
    }
    assertThat(restored.resolve("datasets/fish/1")).hasSize(FIRST + 1);
    assertThat(restored.resolve("datasets/birds")).doesNotExist();
  }

  @Test
  void savesAllFilesOfFoldersThatStay() throws Exception {
    BackupManifest manifest = written(birds -> {});
    assertThat(manifest.notices()).isEmpty();
    assertThat(manifest.files())
        .extracting(BackupManifest.File::path)
        .contains("datasets/birds/1", "datasets/birds/2", "datasets/birds/3", "datasets/fish/1");
  }

  @Test
  void leavesOutAFolderThatIsRemovedWhileItIsWritten() throws Exception {
    assertLeftOut(written(FileTree::delete));
  }

  @Test
  void leavesOutAFolderWhoseFileGrows() throws Exception {
    assertLeftOut(
        written(
            birds -> Files.write(birds.resolve("3"), new byte[FIRST], StandardOpenOption.APPEND)));
  }

  @Test
  void leavesOutAFolderWhoseFileShrinks() throws Exception {
    assertLeftOut(written(birds -> Files.write(birds.resolve("3"), new byte[1])));
  }

  @Test
  void leavesOutAFolderThatAnotherReplaces() throws Exception {
    assertLeftOut(
        written(
            birds -> {
              Files.move(birds, birds.resolveSibling(".old"));
              Files.createDirectories(birds);
              for (int file = 1; file <= 3; file++) {
                Files.write(birds.resolve("" + file), new byte[FIRST + file - 1]);
              }
            }));
  }

  @Test
  void aBackupOfALaterFormatIsRefusedWhateverElseItHas() throws Exception {
    Path later = folder.resolve("later.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(later))) {
      zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
      zip.write("{\"files\": {\"a\": [1]}, \"format\": 2}".getBytes(StandardCharsets.UTF_8));
    }
    assertThatExceptionOfType(InvalidBackup.class)
        .isThrownBy(() -> Restoration.open(later))
        .withMessage("its format is 2, and this version reads 1");
  }
}
