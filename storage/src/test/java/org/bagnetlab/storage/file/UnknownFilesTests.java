package org.bagnetlab.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.Quarantine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is to be deleted is deleted by the next start; what nobody knows is kept. */
@Timeout(60)
class UnknownFilesTests {

  @TempDir Path root;

  DataDirectory directory;
  Database database;
  ArtifactStore store;
  long job;

  @BeforeEach
  void open() throws IOException {
    directory = DataDirectory.open(root);
    database = DatabaseStart.open(directory, Recovery.REFUSE);
    store = new ArtifactStore(directory, database);
    job = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    database.close();
    directory.close();
  }

  private ArtifactRow stored(String name) throws Exception {
    Path worker = Files.createDirectories(directory.worker(job, 1));
    Files.writeString(worker.resolve(name), name);
    return store
        .takeOver(
            job, worker, Samples.claim(name, name), Samples.NOON, all -> List.of(), taken -> {})
        .join();
  }

  private void settle() {
    new UnknownFiles(directory, database).settle();
  }

  private List<String> deletions() {
    return database.read(tables -> tables.deletions().all()).join();
  }

  private Path quarantined(String path) throws IOException {
    return new Quarantine(root).entries().get(0).directory().resolve(path);
  }

  @Test
  void whatIsKnownStays() throws Exception {
    ArtifactRow known = stored("best");
    Files.writeString(directory.log(job), "log");
    settle();
    assertThat(store.file(known)).hasContent("best");
    assertThat(directory.log(job)).hasContent("log");
    assertThat(new Quarantine(root).entries()).isEmpty();
    assertThat(deletions()).isEmpty();
  }

  @Test
  void filesOfNoJobAreKeptWithANote() throws Exception {
    Files.createDirectories(directory.artifacts().resolve("99"));
    Files.writeString(directory.artifacts().resolve("99/best"), "weights");
    Files.createDirectories(directory.run(99));
    Files.writeString(directory.log(99), "log");
    settle();
    assertThat(quarantined("artifacts/99/best")).hasContent("weights");
    assertThat(quarantined("runs/99/log.txt")).hasContent("log");
    assertThat(quarantined("README.txt"))
        .content()
        .contains("artifacts/99/best", "runs/99", root.toRealPath().toString());
    assertThat(directory.artifacts().resolve("99")).doesNotExist();
    assertThat(directory.run(99)).doesNotExist();
  }

  @Test
  void anUnknownFileOfAKnownJobIsKeptToo() throws Exception {
    ArtifactRow known = stored("best");
    Files.writeString(store.file(known).resolveSibling("newer"), "newer");
    settle();
    assertThat(quarantined("artifacts/" + job + "/newer")).hasContent("newer");
    assertThat(store.file(known)).exists();
  }

  /** As to a disk that is not mounted. */
  @Test
  void aLinkThatLeadsNowhereStopsNothing() throws Exception {
    ArtifactRow known = stored("best");
    Files.delete(store.file(known));
    Files.createSymbolicLink(store.file(known), root.resolve("unmounted"));
    Files.writeString(store.file(known).resolveSibling("newer"), "newer");
    settle();
    assertThat(store.file(known)).isSymbolicLink();
    assertThat(quarantined("artifacts/" + job + "/newer")).hasContent("newer");
  }

  @Test
  void eachStartHasItsOwnPlace() throws Exception {
    for (String content : List.of("first", "second")) {
      Files.createDirectories(directory.run(99));
      Files.writeString(directory.log(99), content);
      settle();
    }
    assertThat(new Quarantine(root).entries())
        .extracting(entry -> Files.readString(entry.directory().resolve("runs/99/log.txt")))
        .containsExactly("first", "second");
  }

  @Test
  void whatIsNoJobsIsLeftAlone() throws Exception {
    Path notes = Files.createDirectories(directory.runs().resolve("notes"));
    settle();
    assertThat(notes).exists();
    assertThat(new Quarantine(root).entries()).isEmpty();
  }

  @Test
  void aDeletionThatWasBrokenOffIsEnded() throws Exception {
    ArtifactRow artifact = stored("best");
    Files.writeString(directory.log(job), "log");
    database
        .write(
            tables -> {
              tables.jobs().delete(job);
              return job;
            })
        .join();
    assertThat(deletions()).hasSize(2);
    settle();
    assertThat(store.file(artifact)).doesNotExist();
    assertThat(directory.run(job)).doesNotExist();
    assertThat(new Quarantine(root).entries()).isEmpty();
    assertThat(deletions()).isEmpty();
  }

  @Test
  void soIsThatOfAReplacedFile() throws Exception {
    ArtifactRow artifact = stored("coarse");
    database
        .write(
            tables -> {
              tables.artifacts().remove(artifact.id());
              return job;
            })
        .join();
    settle();
    assertThat(store.file(artifact)).doesNotExist();
    assertThat(new Quarantine(root).entries()).isEmpty();
  }

  /** A crash comes between the file's move and its row. */
  @Test
  void aFileThatWasOnItsWayIsDeleted() throws Exception {
    ArtifactRow artifact = stored("best");
    Path half = store.file(artifact).resolveSibling("training-2");
    Files.writeString(half, "half");
    database
        .write(
            tables -> {
              tables.deletions().addArtifact(job + "/training-2");
              return job;
            })
        .join();
    settle();
    assertThat(half).doesNotExist();
    assertThat(deletions()).isEmpty();
  }

  /** An entry may outlive the deletion, and the name be given again. */
  @Test
  void whatIsKnownIsNotDeleted() throws Exception {
    ArtifactRow artifact = stored("best");
    Files.writeString(directory.log(job), "log");
    database
        .write(
            tables -> {
              tables.deletions().addArtifact(artifact.file());
              tables.deletions().addJob(job);
              return job;
            })
        .join();
    settle();
    assertThat(store.file(artifact)).hasContent("best");
    assertThat(directory.log(job)).hasContent("log");
    assertThat(deletions()).isEmpty();
  }

  @Test
  void whatTheDatabaseKnowsAgainComesBack() throws Exception {
    ArtifactRow artifact = stored("best");
    Path file = store.file(artifact);
    Path kept = root.resolve("quarantine/20260101-000000/artifacts").resolve(artifact.file());
    Files.createDirectories(kept.getParent());
    Files.move(file, kept);
    Path other = root.resolve("quarantine/20260102-000000/artifacts").resolve(artifact.file());
    Files.createDirectories(other.getParent());
    Files.writeString(other, "tset"); // another file that had the name
    settle();
    assertThat(file).hasContent("best");
    assertThat(kept).doesNotExist();
    assertThat(other).exists();
  }

  /** As on a disk that several file systems make up, or with files of another user. */
  @Test
  void whatCannotBeMovedStaysAndStopsNothing() throws Exception {
    Files.createDirectories(directory.run(99));
    Files.writeString(root.resolve("quarantine"), "a file where the directory should be");
    Files.writeString(directory.artifacts().resolve("12"), "a file that is named as a job");
    settle();
    assertThat(directory.run(99)).exists();
    assertThat(directory.artifacts().resolve("12")).exists();
  }
}
