package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.revision.Revisions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a database that has lost its file, when it cannot be made. */
@Timeout(60)
class RescueTests {

  @TempDir private Path root = Path.of("");

  private final AtomicLong now = new AtomicLong();
  private Path file = Path.of("");
  private Connections open;
  private Rescue rescue;

  @BeforeEach
  void open() throws IOException {
    file = Files.createDirectories(root.resolve("lab/database")).resolve("bagnetlab");
    Database.open(file).close();
    open = Connections.to(file);
    rescue = new Rescue(file, now::get);
    rescue.opened(open);
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
    rescue.written();
  }

  private String watched() {
    return rescue.watch(open).orElseThrow();
  }

  private void advance(int seconds) {
    var _ = now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private Path copy() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve("lab/database"))) {
      return all.filter(each -> each.toString().endsWith(".mv.db")).findFirst().orElseThrow();
    }
  }

  private long jobs(Path copy) throws IOException {
    Path looked = root.resolve("looked");
    Files.copy(copy, DatabaseFiles.store(looked));
    DatabaseInspection found = DatabaseInspection.inPlace(looked);
    Files.delete(DatabaseFiles.store(looked));
    assertThat(found.damage()).isEmpty();
    return found.rows().getOrDefault("JOBS", 0L);
  }

  @Test
  void aCopyIsNamedOnceItIsMadeAndTriedAgainLaterAndLater() throws Exception {
    FileTree.delete(root.resolve("lab"));
    assertThat(watched()).contains("is not kept (", "before you stop").doesNotContain("-rescued-");
    Files.createDirectory(root.resolve("lab"));
    advance(9);
    assertThat(watched()).contains("is not kept (");
    Files.delete(root.resolve("lab"));
    advance(1);
    assertThat(watched()).contains("is not kept (");
    Files.createDirectory(root.resolve("lab"));
    advance(19);
    assertThat(watched()).contains("is not kept (");
    advance(1);
    assertThat(watched()).contains("What is stored is kept as " + copy());
    assertThat(jobs(copy())).isEqualTo(1);
  }

  @Test
  void anEarlierCopyIsKeptUntilTheNextOneIsWhole() throws Exception {
    Files.delete(DatabaseFiles.store(file));
    assertThat(watched()).contains("What is stored is kept as " + copy());
    Path inTheWay = copy().resolveSibling(copy().getFileName() + ".part");
    Files.createDirectories(inTheWay.resolve("more"));
    add();
    assertThat(watched())
        .contains("stored before is kept as " + copy(), "since is not kept (", "mend that");
    assertThat(jobs(copy())).isEqualTo(1);
    FileTree.delete(inTheWay);
    // What is not kept now is gone.
    assertThat(rescue.watchBeforeClosing().orElseThrow()).contains("What is stored is kept as ");
    assertThat(jobs(copy())).isEqualTo(2);
    assertThat(inTheWay).doesNotExist();
    add();
    assertThat(watched()).contains("What is stored is kept as ");
    assertThat(jobs(copy())).isEqualTo(3);
  }

  /** H2 opens the file that has the name, as soon as its own is closed. */
  @Test
  void anotherDatabaseIsNotTakenForTheLostOne(@TempDir Path elsewhere) throws Exception {
    Path other = elsewhere.resolve("lab");
    Database.open(other).close();
    var _ = Files.move(DatabaseFiles.store(file), root.resolve("away"));
    assertThat(jobs(copyAfter(watched()))).isEqualTo(1);
    add();
    open.store().closeImmediately();
    var _ = Files.move(DatabaseFiles.store(other), DatabaseFiles.store(file));
    assertThat(watched()).contains("stored before is kept as", "since is not kept (it was closed)");
    assertThat(rescue.watchBeforeClosing().orElseThrow()).contains("since is not kept");
    Files.delete(DatabaseFiles.store(file));
    assertThat(jobs(copy())).isEqualTo(1);
  }

  private Path copyAfter(String message) throws IOException {
    assertThat(message).contains("What is stored is kept as " + copy());
    return copy();
  }
}
