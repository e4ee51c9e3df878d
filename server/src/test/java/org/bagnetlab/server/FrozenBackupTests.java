package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.server.backup.Restoration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup of a released version can be restored, and shows what the lab showed then. */
class FrozenBackupTests {

  @Test
  void everyPageShowsWhatItShowed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("backup.zip");
    try (InputStream backup = FrozenPages.resource("backup-schema-1.zip")) {
      Files.copy(backup, file);
    }
    Path data = folder.resolve("data");
    try (Restoration restoration = Restoration.open(file)) {
      restoration.into(data, bytes -> {});
    }
    try (TestServer server = new TestServer(data)) {
      assertThat(FrozenPages.differences("pages-schema-1.json", server)).isEmpty();
    }
  }
}
