package org.bagnetlab.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker's file is taken over whole and true, or not at all. */
class ArtifactStoreTests {

  @TempDir Path temporary;
  DataDirectory directory;
  Database database;
  ArtifactStore store;
  Path worker;
  long job;

  @BeforeEach
  void open() throws IOException {
    directory = DataDirectory.open(temporary.resolve("data"));
    database = Database.open(directory.database());
    store = new ArtifactStore(directory, database);
    job = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    worker = Files.createDirectories(directory.run(job));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    database.close();
    directory.close();
  }

  private ArtifactClaim written(String path, String content) throws Exception {
    Path file = worker.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Samples.claim(path, content);
  }

  private ArtifactClaim written(String path, String content, String replaces) throws Exception {
    ArtifactClaim claim = written(path, content);
    return new ArtifactClaim(
        claim.output(),
        claim.kind(),
        path,
        claim.mediaType(),
        claim.sha256(),
        claim.size(),
        claim.facts(),
        Optional.of(replaces));
  }

  private ArtifactRow takeOver(ArtifactClaim claim) {
    return store.takeOver(job, worker, claim, Samples.NOON, all -> List.of(), taken -> {}).join();
  }

  private void assertRefused(ArtifactClaim claim, String reason) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> takeOver(claim))
        .withCauseInstanceOf(ArtifactRefused.class)
        .withMessageContaining(reason);
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join()).isEmpty();
  }

  @Test
  void movesAFileOutOfTheWorkersDirectory() throws Exception {
    ArtifactRow artifact = takeOver(written("maps/1.png", "pixels"));
    assertThat(store.file(artifact)).hasContent("pixels").startsWith(directory.artifacts());
    assertThat(worker.resolve("maps/1.png")).doesNotExist();
    assertThat(artifact.name()).isEqualTo("maps/1.png");
    assertThat(artifact.createdAt()).isEqualTo(Samples.NOON);
    assertThat(database.read(tables -> tables.artifacts().find(artifact.id())).join())
        .contains(artifact);
  }

  @Test
  void placesTheFilesOfAJobThatIsNotStoredYet() throws Exception {
    List<ArtifactClaim> claims = List.of(written("1.png", "pixels"), written("2.png", "more"));
    long reserved = database.write(tables -> tables.jobs().reserve()).join();
    List<ArtifactRow> rows = store.place(reserved, worker, claims, Samples.NOON).join();
    assertThat(rows).extracting(ArtifactRow::name).containsExactly("1.png", "2.png");
    assertThat(store.file(rows.get(0))).hasContent("pixels").startsWith(directory.artifacts());
    // Until the rows are stored, the files are to be deleted.
    assertThat(database.read(tables -> tables.deletions().all()).join()).hasSize(2);
    database
        .write(
            tables -> {
              tables.jobs().insert(Samples.imported(reserved));
              return rows.stream().map(tables.artifacts()::insert).toList();
            })
        .join();
    assertThat(database.read(tables -> tables.deletions().all()).join()).isEmpty();
  }

  @Test
  void placesNoFileAfterOneOfAnotherChecksum() throws Exception {
    written("1.png", "pixels");
    ArtifactClaim wrong = Samples.claim("1.png", "pixelz");
    long reserved = database.write(tables -> tables.jobs().reserve()).join();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(
            () ->
                store
                    .place(reserved, worker, List.of(wrong, written("2.png", "more")), Samples.NOON)
                    .join())
        .withCauseInstanceOf(ArtifactRefused.class);
    assertThat(worker.resolve("2.png")).exists();
  }

  @Test
  void refusesAFileOfAnotherChecksumOrSize() throws Exception {
    written("1.png", "pixels");
    assertRefused(Samples.claim("1.png", "pixelz"), "SHA-256");
    assertRefused(Samples.claim("1.png", "more pixels"), "bytes");
    assertThat(worker.resolve("1.png")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret", "a/../../../secret", "", ".", "/etc/hostname", "a\0b"})
  void refusesPathsOutsideTheWorkersDirectory(String path) throws Exception {
    Files.writeString(temporary.resolve("secret"), "secret");
    assertRefused(Samples.claim(path, "secret"), "");
  }

  @Test
  void refusesLinks() throws Exception {
    Path secret = Files.writeString(temporary.resolve("secret"), "secret");
    Files.createSymbolicLink(worker.resolve("link"), secret);
    Files.createSymbolicLink(worker.resolve("up"), temporary);
    assertRefused(Samples.claim("link", "secret"), "no file");
    assertRefused(Samples.claim("up/secret", "secret"), "link");
  }

  @Test
  void aFileGivenAnewTakesTheOthersPlaceUnderANewNumber() throws Exception {
    ArtifactRow first = takeOver(written("best", "old"));
    ArtifactRow second = takeOver(written("best", "new"));
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(store.file(second)).hasContent("new");
    assertThat(store.file(first)).doesNotExist();
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join())
        .containsExactly(second);
  }

  @Test
  void aFileTakesThePlaceOfTheOneThatItReplaces() throws Exception {
    ArtifactRow coarse = takeOver(written("coarse.png", "squares"));
    List<List<ArtifactRow>> seen = new ArrayList<>();
    ArtifactRow fine =
        store
            .takeOver(
                job,
                worker,
                written("fine.png", "pixels", "coarse.png"),
                Samples.NOON,
                all -> List.of(),
                taken -> seen.add(database.read(tables -> tables.artifacts().ofJob(job)).join()))
            .join();
    assertThat(seen).containsExactly(List.of(fine));
    assertThat(store.file(fine)).hasContent("pixels");
    assertThat(store.file(coarse)).doesNotExist();
  }

  @Test
  void aRefusedFileTakesNoPlace() throws Exception {
    ArtifactRow coarse = takeOver(written("coarse.png", "squares"));
    ArtifactClaim claim = written("fine.png", "pixels", "coarse.png");
    Files.writeString(worker.resolve("fine.png"), "pixelz");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> takeOver(claim))
        .withCauseInstanceOf(ArtifactRefused.class);
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join())
        .containsExactly(coarse);
    assertThat(store.file(coarse)).hasContent("squares");
  }

  @Test
  void aFileMakesOthersSuperfluous() throws Exception {
    List<ArtifactRow> states = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      states.add(
          store
              .takeOver(
                  job,
                  worker,
                  written("state-" + number, "state"),
                  Samples.NOON,
                  all -> all.subList(0, Math.max(0, all.size() - 2)),
                  taken -> {})
              .join());
    }
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join())
        .containsExactly(states.get(2), states.get(3));
    assertThat(store.file(states.get(1))).doesNotExist();
    assertThat(store.file(states.get(2))).exists();
  }

  @Test
  void aMissingOrAlteredFileIsNoticed() throws Exception {
    ArtifactRow artifact = takeOver(written("best", "weights"));
    assertThat(store.check(artifact).join()).isEmpty();
    Files.writeString(store.file(artifact), "weighty");
    assertThat(store.check(artifact).join().orElseThrow()).contains("SHA-256");
    Files.writeString(store.file(artifact), "weight");
    assertThat(store.check(artifact).join()).contains("its file has 6 bytes instead of 7");
    Files.delete(store.file(artifact));
    assertThat(store.check(artifact).join()).contains("its file is missing");
  }

  @Test
  void aFileThatCannotBeReadIsNotMissing() throws Exception {
    ArtifactRow artifact = takeOver(written("best", "weights"));
    Path file = store.file(artifact);
    Files.delete(file);
    // No permission is refused to root, but a link in a circle leads nowhere for everybody.
    Files.createSymbolicLink(file, file);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> store.check(artifact).join())
        .withCauseInstanceOf(StorageException.class)
        .withMessageContaining("symbolic links");
  }

  @Test
  void deletesTheFilesOfForgottenArtifacts() throws Exception {
    ArtifactRow artifact = takeOver(written("best", "old"));
    database
        .write(
            tables -> {
              tables.artifacts().remove(artifact.id());
              return job;
            })
        .join();
    store.deleteFiles(List.of(artifact)).join();
    assertThat(store.file(artifact)).doesNotExist();
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join()).isEmpty();
    takeOver(written("best", "new"));
    store.deleteFiles(job).join();
    assertThat(store.file(artifact).getParent()).doesNotExist();
  }

  @Test
  void aFileWhoseRowIsRefusedDoesNotStay() throws Exception {
    ArtifactClaim claim = written("best", "weights");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(
            () ->
                store
                    .takeOver(job + 1, worker, claim, Samples.NOON, all -> List.of(), taken -> {})
                    .join())
        .withMessageContaining("FOREIGN KEY");
    assertThat(directory.artifacts().resolve(job + 1 + "/best")).doesNotExist();
  }

  @Test
  void aFileWhoseRowIsWrittenStaysIfWhatFollowsFails() throws Exception {
    ArtifactClaim claim = written("best", "weights");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(
            () ->
                store
                    .takeOver(
                        job,
                        worker,
                        claim,
                        Samples.NOON,
                        all -> List.of(),
                        taken -> {
                          throw new IllegalStateException("nobody listens");
                        })
                    .join());
    ArtifactRow row = database.read(tables -> tables.artifacts().ofJob(job)).join().get(0);
    assertThat(store.file(row)).hasContent("weights");
  }

  /** As on a full disk: the database cannot be written, nor opened anew at once. */
  @Test
  @Timeout(60)
  void aFileWithoutARowGoesOnceTheDatabaseAnswers() throws Exception {
    Path lab = Path.of(directory.database() + ".mv.db");
    Path away = temporary.resolve("away");
    try (ArtifactStore impatient = new ArtifactStore(directory, database, Duration.ofMillis(1))) {
      ArtifactClaim claim = written("training-1", "state");
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(
              () ->
                  impatient
                      .takeOver(job, worker, claim, Samples.NOON, all -> broken(lab, away), t -> {})
                      .join());
      Path file = directory.artifacts().resolve(job + "/training-1");
      assertThat(file).exists();
      Files.delete(lab);
      Files.move(away, lab);
      while (Files.exists(file) && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      assertThat(file).doesNotExist();
    }
    assertThat(database.read(tables -> tables.artifacts().ofJob(job)).join()).isEmpty();
  }

  /** Puts a directory where the database is, and has H2 lose the file that it has open. */
  private static List<ArtifactRow> broken(Path lab, Path away) {
    try {
      Files.move(lab, away);
      Files.createDirectory(lab);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // An interrupted thread closes the file under H2 (h2database#227).
    Thread.currentThread().interrupt();
    return List.of();
  }

  /** A backup reads the files that the database knew when it was saved. */
  @Test
  void filesAreKeptWhileTheyAreRead() throws Exception {
    ArtifactRow first = takeOver(written("best", "old"));
    ArtifactRow second;
    CompletableFuture<Long> ofJob;
    Closeable kept = store.keepFiles();
    try (kept) {
      second = takeOver(written("best", "new"));
      ofJob = store.deleteFiles(job);
      assertThat(store.file(first)).hasContent("old");
      assertThat(store.file(second)).hasContent("new");
      assertThat(ofJob).isNotDone();
      assertThat(store.keepsFiles()).isTrue();
      assertThatExceptionOfType(FilesKept.class).isThrownBy(store::keepFiles);
    }
    ofJob.join();
    assertThat(store.keepsFiles()).isFalse();
    assertThat(store.file(first)).doesNotExist();
    assertThat(store.file(second)).doesNotExist();
  }
}
