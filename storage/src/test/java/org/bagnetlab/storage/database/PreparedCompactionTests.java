package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.revision.Revisions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The copy that will replace a database's file, made while the database is open. */
@Timeout(60)
class PreparedCompactionTests {

  @TempDir Path temporary;
  private Path file;
  private Compaction compaction;
  private Connections open;

  @BeforeEach
  void open() {
    file = temporary.resolve("lab");
    Database.open(file).close();
    compaction = new Compaction(file, Compaction.SIZE_BUSY);
    open = new Connections(ConnectionPool.connect(file));
    add();
  }

  @AfterEach
  void close() {
    open.close();
  }

  private void add() {
    var _ =
        open.inTransaction(
            handle -> new Tables(handle, new Revisions()).jobs().insert(Samples.training("a")));
  }

  private List<Long> jobs() {
    return open.use(handle -> List.copyOf(new Tables(handle, new Revisions()).jobs().numbers()));
  }

  private Object identity() throws IOException {
    return Files.readAttributes(DatabaseFiles.store(file), BasicFileAttributes.class).fileKey();
  }

  private void assertNothingIsLeft() {
    assertThat(temporary).isDirectoryNotContaining("glob:**-{snapshot,compacted}*");
  }

  @Test
  void theCopyHasWhatWasWrittenLast() throws Exception {
    List<Long> written = jobs();
    Object before = identity();
    assertThat(compaction.prepare(open)).isTrue();
    assertThat(compaction.isCurrent()).isTrue();
    open.close();
    compaction.replace();
    assertThat(identity()).isNotEqualTo(before);
    open = new Connections(ConnectionPool.connect(file));
    assertThat(jobs()).isEqualTo(written).isNotEmpty();
    assertNothingIsLeft();
  }

  /** What is written to a file without a name is gone when it is closed. */
  @Test
  void aFileThatIsStillOpenIsNotReplaced() throws Exception {
    Object before = identity();
    assertThat(compaction.prepare(open)).isTrue();
    compaction.replace();
    assertThat(identity()).isEqualTo(before);
    compaction.discard();
    assertNothingIsLeft();
  }

  @Test
  void readersDoNotOutdateIt() {
    assertThat(compaction.prepare(open)).isTrue();
    assertThat(jobs()).isNotEmpty();
    assertThat(compaction.isCurrent()).isTrue();
  }

  @Test
  void whatIsWrittenAfterwardsOutdatesIt() {
    assertThat(compaction.prepare(open)).isTrue();
    add();
    assertThat(compaction.isCurrent()).isFalse();
  }

  @Test
  void aCopyThatCannotBeMadeChangesNothing() throws Exception {
    Files.createDirectories(
        DatabaseFiles.store(DatabaseFiles.snapshot(file)).resolve("in the way"));
    List<Long> written = jobs();
    assertThat(compaction.prepare(open)).isFalse();
    assertThat(jobs()).isEqualTo(written);
  }

  /** The system gives up a process's locks of a file whenever the process closes that file. */
  @Test
  void theDatabaseStaysLockedAgainstOtherProcesses() throws Exception {
    assertThat(compaction.prepare(open)).isTrue();
    Process other = JavaProcess.start(DatabaseHoldingProcess.class, file.toString());
    other.getOutputStream().close();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).contains("is open in another program");
    assertThat(other.waitFor()).isNotZero();
  }
}
