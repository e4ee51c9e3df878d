package org.bagnetlab.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server per data directory. */
class DataDirectoryTests {

  @TempDir Path temporary;

  @Test
  void aFileInThePlaceOfADirectoryIsSaid() throws Exception {
    DataDirectory.open(temporary).close();
    Files.delete(temporary.resolve("artifacts"));
    Files.writeString(temporary.resolve("artifacts"), "a file");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DataDirectory.open(temporary))
        .withMessageContainingAll("artifacts is no directory", "start again");
  }

  @Test
  void refusesADirectoryThatAnotherProcessOwnsAndNamesIt() throws Exception {
    Process owner = JavaProcess.start(LockingProcess.class, temporary.toString());
    try (BufferedReader output = owner.inputReader()) {
      assertThat(output.readLine()).isEqualTo(temporary.toRealPath().toString());
      assertThatExceptionOfType(DataDirectoryInUse.class)
          .isThrownBy(() -> DataDirectory.open(temporary))
          .withMessageContaining("process " + owner.pid())
          .satisfies(refused -> assertThat(refused.owner()).isEqualTo(Long.toString(owner.pid())));
    } finally {
      owner.destroyForcibly().waitFor();
    }
    // A killed owner leaves no lock.
    DataDirectory.open(temporary).close();
  }

  @Test
  void refusesADirectoryThatThisProcessOwns() throws Exception {
    try (DataDirectory directory = DataDirectory.open(temporary.resolve("new"))) {
      assertThat(directory.artifacts()).isDirectory();
      assertThat(directory.datasets()).isDirectory();
      assertThatExceptionOfType(DataDirectoryInUse.class)
          .isThrownBy(() -> DataDirectory.open(temporary.resolve("new")))
          .withMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataDirectory.open(temporary.resolve("new")).close();
  }

  @Test
  void onlyItsOwnerMayLookIntoIt() throws Exception {
    Path root = temporary.resolve("lab");
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (int start = 0; start < 2; start++) {
      try (DataDirectory directory = DataDirectory.open(root)) {
        DatabaseStart.open(directory, Recovery.REFUSE).close();
      }
      assertThat(Files.getPosixFilePermissions(root))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      Path database = root.resolve("database/bagnetlab.mv.db");
      assertThat(Files.getPosixFilePermissions(database))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      // As an earlier version left them.
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  @Test
  void aGroupThatWasLetInStaysSo() throws Exception {
    Path root = Files.createDirectories(temporary.resolve("lab"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));
    DataDirectory.open(root).close();
    assertThat(Files.getPosixFilePermissions(root))
        .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
  }

  @Test
  void aCopyHasItsIdentifierButAnotherPath() throws Exception {
    LabIdentity lab = LabIdentity.of(temporary.resolve("lab"));
    assertThat(LabIdentity.of(temporary.resolve("lab"))).isEqualTo(lab);
    Path copy = Files.createDirectories(temporary.resolve("copy"));
    Files.copy(lab.path().resolve("identity"), copy.resolve("identity"));
    assertThat(LabIdentity.of(copy).id()).isEqualTo(lab.id());
    assertThat(LabIdentity.of(copy)).isNotEqualTo(lab);
    assertThat(LabIdentity.of(temporary.resolve("other")).id()).isNotEqualTo(lab.id());
  }
}
