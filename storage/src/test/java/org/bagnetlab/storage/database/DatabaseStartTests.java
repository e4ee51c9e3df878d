package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.file.ArtifactClaim;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.file.UnknownFiles;
import org.bagnetlab.storage.job.TransitionRow;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No server goes on with a database that would make it lose the files of runs. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class DatabaseStartTests {

  @TempDir Path root;

  private Path store() {
    return root.resolve("database/bagnetlab.mv.db");
  }

  /** Stores jobs, each with a file that the database knows and a log. */
  private void storeJobs(int jobs) throws Exception {
    storeJobs(root, jobs, "weights");
  }

  private static void storeJobs(Path root, int jobs, String weights) throws Exception {
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE);
        ArtifactStore artifacts = new ArtifactStore(directory, database)) {
      for (int i = 0; i < jobs; i++) {
        long id = database.writeThrough(DatabaseStartTests::insert, inserted -> {}).join();
        Path worker = Files.createDirectories(directory.worker(id, 1));
        Files.writeString(worker.resolve("best"), weights);
        ArtifactClaim claim = Samples.claim("best", weights);
        artifacts.takeOver(id, worker, claim, Samples.NOON, all -> List.of(), taken -> {}).join();
        Files.writeString(directory.log(id), "log of " + weights);
      }
    }
  }

  /** Stores a job that left nothing but its log. */
  private void storeLog(String log) throws Exception {
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      long id = database.writeThrough(DatabaseStartTests::insert, inserted -> {}).join();
      Files.createDirectories(directory.run(id));
      Files.writeString(directory.log(id), log);
    }
  }

  static long insert(Tables tables) {
    long id = tables.jobs().insert(Samples.training("a"));
    tables
        .jobs()
        .insert(
            id,
            new TransitionRow(
                Instant.now(), Optional.empty(), "QUEUED", Samples.cause("submitted")));
    return id;
  }

  private long jobs(Recovery recovery) throws Exception {
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, recovery)) {
      new UnknownFiles(directory, database).settle();
      return database.read(tables -> tables.jobs().numbers()).join().size();
    }
  }

  /** All files of jobs, wherever they are. */
  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith("best") || file.endsWith("log.txt"))
          .sorted()
          .toList();
    }
  }

  private void assertRefused(String... words) throws Exception {
    List<String> before = files();
    byte[] database = Files.exists(store()) ? Files.readAllBytes(store()) : new byte[0];
    assertThatExceptionOfType(DatabaseRefused.class)
        .isThrownBy(() -> jobs(Recovery.REFUSE))
        .withMessageContainingAll(words)
        .withMessageContainingAll("--rebuild", store().toString());
    assertThat(files()).isEqualTo(before);
    assertThat(Files.exists(store()) ? Files.readAllBytes(store()) : new byte[0])
        .isEqualTo(database);
  }

  @Test
  void aNewDataDirectoryGetsADatabaseAndKeepsIt() throws Exception {
    storeJobs(2);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(2);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(2);
    assertThat(files()).hasSize(4);
    assertThat(root.resolve("quarantine")).doesNotExist();
  }

  @Test
  void aMissingDatabaseIsNotBegunAnewBesideTheFilesOfRuns() throws Exception {
    storeJobs(3);
    Files.delete(store());
    assertRefused("missing", "files of 3");
  }

  @Test
  void norIsOneWhoseJobsHadNoFiles() throws Exception {
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      var _ = database.writeThrough(DatabaseStartTests::insert, inserted -> {}).join();
    }
    Files.delete(store());
    assertRefused("missing");
  }

  @Test
  void anEmptyDatabaseFileIsNoDatabase() throws Exception {
    storeJobs(1);
    Files.write(store(), new byte[0]);
    assertRefused("empty", "files of 1");
  }

  @Test
  void anOlderCopyIsNoticed() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    storeJobs(1);
    Files.write(store(), older);
    assertRefused("older");
  }

  /** Of a data directory of an earlier version nothing tells how far it had come, but its files. */
  @Test
  void anOlderCopyIsNoticedByTheNumbersOfJobs() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    storeJobs(1);
    Files.write(store(), older);
    Files.delete(root.resolve("high-water-mark"));
    assertRefused("older", "job 2");
  }

  @Test
  void anOlderCopyIsNoticedThoughNoJobWasAdded() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      var _ =
          database
              .writeThrough(
                  tables -> {
                    tables
                        .jobs()
                        .insert(
                            1,
                            new TransitionRow(
                                Instant.now(),
                                Optional.of("QUEUED"),
                                "RUNNING",
                                Samples.cause("started")));
                    return 1L;
                  },
                  done -> {})
              .join();
    }
    Files.write(store(), older);
    assertRefused("older");
  }

  /**
   * What was written without a sync to the disk, and is no change of a job's state, counts, too.
   */
  @Test
  void anOlderCopyIsNoticedThoughOnlyANoteWasAdded() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      var _ =
          database
              .write(
                  tables -> {
                    tables
                        .annotations()
                        .put(new AnnotationRow(1, List.of("good"), Optional.empty()));
                    return 1L;
                  })
              .join();
    }
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
    Files.write(store(), older);
    assertRefused("older", "changes");
  }

  /** H2 opens such a file as if it were well, and finds an old state of it or nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 20_000})
  void aCutDatabaseIsNoticed(int bytes) throws Exception {
    storeJobs(20);
    byte[] whole = Files.readAllBytes(store());
    Files.write(store(), Arrays.copyOf(whole, whole.length - bytes));
    try {
      // What H2 can recover without loss is no harm.
      assertThat(jobs(Recovery.REFUSE)).isEqualTo(20);
    } catch (DatabaseRefused e) {
      assertThat(files()).hasSize(40).noneMatch(file -> file.startsWith("quarantine"));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsDamaged() throws Exception {
    storeJobs(1);
    Files.writeString(store(), "no database".repeat(1000), StandardCharsets.UTF_8);
    assertRefused("damaged");
  }

  @Test
  void anIndexThatLacksRowsIsDamage() throws Exception {
    storeJobs(2);
    Jdbi.create("jdbc:h2:file:" + root.resolve("database/bagnetlab"), "sa", "")
        .useHandle(handle -> loseARowOfAnIndex(store(handle.getConnection())));
    assertRefused("damaged", "should have 2 rows, but", "has 1");
  }

  private static MVStore store(Connection connection) throws SQLException {
    return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
        .getDatabase()
        .getStore()
        .getMvStore();
  }

  private static void loseARowOfAnIndex(MVStore store) {
    MVMap<Object, Object> index =
        IntStream.range(0, 1000)
            .mapToObj(store::getMap)
            .filter(
                map ->
                    map != null
                        && String.valueOf(map.getName()).startsWith("index.")
                        && map.size() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(index.remove(index.firstKey())).isNotNull();
  }

  @Test
  void theDatabaseOfAnotherDataDirectoryIsRefused() throws Exception {
    storeJobs(1);
    Path other = root.resolve("other");
    try (DataDirectory directory = DataDirectory.open(other)) {
      DatabaseStart.open(directory, Recovery.REFUSE).close();
    }
    Files.copy(
        other.resolve("database/bagnetlab.mv.db"), store(), StandardCopyOption.REPLACE_EXISTING);
    assertRefused("another data directory");
  }

  /** Its job 1 is not our job 1, and must not write over that one's files. */
  @Test
  void rebuildingWithTheDatabaseOfAnotherLabMixesNoFiles(@TempDir Path other) throws Exception {
    storeJobs(2);
    byte[] ours = Files.readAllBytes(store());
    storeJobs(other, 1, "WEIGHTS");
    storeJobs(other, 1, "weights of another length");
    storeJobs(other, 1, "more weights");
    byte[] theirs = Files.readAllBytes(other.resolve("database/bagnetlab.mv.db"));
    Files.write(store(), theirs);
    assertRefused("another data directory", "not its own");
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(3);
    assertThat(files()).hasSize(4).allMatch(file -> file.startsWith("quarantine/"));
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(3);
    assertThat(files()).allMatch(file -> file.startsWith("quarantine/"));
    storeJobs(1);
    assertThat(files()).contains("artifacts/4/best", "runs/4/log.txt");

    // Ours finds its own files again, and none of theirs.
    Files.write(store(), ours);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(2);
    assertThat(files())
        .contains("artifacts/1/best", "runs/1/log.txt", "artifacts/2/best", "runs/2/log.txt")
        .filteredOn(file -> file.startsWith("quarantine/"))
        .hasSize(2)
        .allMatch(file -> file.contains("/4/"));
    assertThat(root.resolve("runs/1/log.txt")).hasContent("log of weights");
  }

  @Test
  void rebuildingMixesNoFilesOfTheQuarantineEither(@TempDir Path other) throws Exception {
    storeJobs(other, 3, "more weights");
    storeJobs(2);
    Files.delete(store());
    assertThat(jobs(Recovery.REBUILD)).isZero();
    assertThat(files()).hasSize(4).allMatch(file -> file.startsWith("quarantine/"));
    Files.copy(
        other.resolve("database/bagnetlab.mv.db"), store(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(3);
    assertThat(files()).hasSize(4).allMatch(file -> file.startsWith("quarantine/"));
  }

  @Test
  void aLogIsBackWithItsDatabase() throws Exception {
    storeJobs(1);
    storeLog("why it failed");
    byte[] right = Files.readAllBytes(store());
    Files.delete(store());
    assertThat(jobs(Recovery.REBUILD)).isZero();
    Files.write(store(), right);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(2);
    assertThat(files()).containsExactly("artifacts/1/best", "runs/1/log.txt", "runs/2/log.txt");
    assertThat(root.resolve("runs/2/log.txt")).hasContent("why it failed");
  }

  /** Only by its files can it be told from another lab. */
  @Test
  void aLabThatLostItsIdentityHasItsFilesAgain() throws Exception {
    storeJobs(2);
    storeLog("why it failed");
    Files.delete(root.resolve("identity"));
    assertRefused("the file identity is missing");
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(3);
    assertThat(files())
        .hasSize(5)
        .contains("artifacts/2/best", "runs/3/log.txt")
        .noneMatch(file -> file.startsWith("quarantine/"));
    assertThat(root.resolve("quarantine")).isEmptyDirectory();
  }

  private void assertNotRebuilt() throws Exception {
    List<String> before = files();
    String mark = Files.readString(root.resolve("high-water-mark"));
    for (int time = 0; time < 2; time++) {
      assertThatExceptionOfType(DatabaseRefused.class)
          .isThrownBy(() -> jobs(Recovery.REBUILD))
          .withMessageContainingAll("cannot be moved", "elsewhere", "--rebuild", store().toString())
          .withMessageNotContaining("\n");
      assertThat(files()).isEqualTo(before);
      assertThat(root.resolve("high-water-mark")).content().isEqualTo(mark);
    }
    assertThat(root.resolve("database")).isDirectoryNotContaining("glob:**-before-rebuild-*");
  }

  @Test
  void noDatabaseOfAnotherLabIsUsedBesideFilesThatCannotBeMoved(@TempDir Path other)
      throws Exception {
    storeJobs(other, 1, "more weights");
    storeJobs(2);
    byte[] ours = Files.readAllBytes(store());
    Files.copy(
        other.resolve("database/bagnetlab.mv.db"), store(), StandardCopyOption.REPLACE_EXISTING);
    Path inTheWay = Files.writeString(root.resolve("quarantine"), "a file");
    assertNotRebuilt();
    Files.delete(inTheWay);

    // Artifacts can be moved, and are moved back.
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(root)),
        "a second file system");
    Path elsewhere = Files.createTempDirectory(memory, "bagnetlab");
    try {
      moveAll(root.resolve("runs"), elsewhere);
      Files.createSymbolicLink(root.resolve("runs"), elsewhere);
      assertNotRebuilt();
      assertThat(root.resolve("artifacts/2/best")).exists();
      Files.write(store(), ours);
      assertThat(jobs(Recovery.REFUSE)).isEqualTo(2);
    } finally {
      FileTree.delete(elsewhere);
    }
  }

  private static void moveAll(Path from, Path to) throws IOException {
    for (String job : List.of("1", "2")) {
      Files.createDirectories(to.resolve(job));
      Files.move(from.resolve(job).resolve("log.txt"), to.resolve(job).resolve("log.txt"));
    }
    FileTree.delete(from);
  }

  private void assertUnusable(String words) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> jobs(Recovery.REBUILD))
        .withMessageContainingAll(words, "start again")
        .withMessageNotContaining("\n");
  }

  @Test
  void whatIsNoFileIsNoDatabase() throws Exception {
    storeJobs(1);
    Files.delete(store());
    Files.createSymbolicLink(store(), root.resolve("unmounted/database"));
    assertUnusable("is a link to " + root.resolve("unmounted/database"));
    Files.delete(store());
    Files.createDirectory(store());
    assertUnusable("is a directory");
    Files.delete(store());
    Process made = new ProcessBuilder("mkfifo", store().toString()).start();
    assertThat(made.waitFor()).isZero();
    assertUnusable("is no regular file");
  }

  @Test
  void aMarkThatIsNoNumberIsUnknown() throws Exception {
    storeJobs(1);
    Path mark = root.resolve("high-water-mark");
    Files.write(mark, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
    Files.deleteIfExists(mark);
    Files.createDirectory(mark);
    assertUnusable("is a directory");
    Files.delete(mark);
    assertThat(new ProcessBuilder("mkfifo", mark.toString()).start().waitFor()).isZero();
    assertUnusable("should be a file with a number");
  }

  /** It was written while the disk was away, and is seen again the next time it is. */
  @Test
  void anOldNoteInAnUnmountedDirectoryExplainsNothing() throws Exception {
    storeJobs(1);
    Path mounted = Files.move(root.resolve("artifacts"), root.resolve("mounted"));
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(1);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
    Path bare = Files.move(root.resolve("artifacts"), root.resolve("bare"));
    Files.move(mounted, root.resolve("artifacts"));
    storeJobs(1);
    Files.move(root.resolve("artifacts"), mounted);
    Files.move(bare, root.resolve("artifacts"));
    assertThatExceptionOfType(DatabaseRefused.class)
        .isThrownBy(() -> jobs(Recovery.REFUSE))
        .withMessageContainingAll("empty or not mounted", "knows 2 files");
  }

  /** It needs no room on the disk, so that a full one can be made empty. */
  @Test
  void whatChangesNothingIsNoChange() throws Exception {
    storeJobs(1);
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      long before = database.read(tables -> tables.lab().commits()).join();
      var _ = database.write(tables -> tables.lab().commits()).join();
      assertThat(database.read(tables -> tables.lab().commits()).join()).isEqualTo(before);
    }
  }

  /** A directory that is not mounted is an empty one. */
  @Test
  void filesThatAreNotMountedAreNotForgotten() throws Exception {
    storeJobs(2);
    Path away = Files.move(root.resolve("artifacts"), root.resolve("away"));
    Files.createDirectory(root.resolve("artifacts"));
    assertThatExceptionOfType(DatabaseRefused.class)
        .isThrownBy(() -> jobs(Recovery.REFUSE))
        .withMessageContainingAll("empty or not mounted", "knows 2 files", "--rebuild");
    Files.delete(root.resolve("artifacts"));
    var _ = Files.move(away, root.resolve("artifacts"));
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(2);

    // Wholly, and for good.
    FileTree.delete(root.resolve("artifacts"));
    for (int time = 0; time < 2; time++) {
      assertThatExceptionOfType(DatabaseRefused.class)
          .isThrownBy(() -> jobs(Recovery.REFUSE))
          .withMessageContaining("empty or not mounted");
    }
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(2);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(2);

    // What is stored from then on is missed once more.
    storeJobs(1);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(3);
    FileTree.delete(root.resolve("artifacts"));
    assertThatExceptionOfType(DatabaseRefused.class).isThrownBy(() -> jobs(Recovery.REFUSE));
  }

  @Test
  void anOlderDatabaseIsNotHiddenByMissingFiles() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    storeJobs(1);
    Files.write(store(), older);
    FileTree.delete(root.resolve("artifacts"));
    assertRefused("older", "empty or not mounted");
  }

  @Test
  void theLastFileMayBeOneOfAnotherJob() throws Exception {
    storeJobs(1);
    Files.writeString(root.resolve("artifacts/1/best"), "the weights of another job");
    for (int time = 0; time < 2; time++) {
      assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
      assertThat(root.resolve("artifacts/1")).doesNotExist();
    }
  }

  /** As one that a program made, for example of numbers from elsewhere. */
  @Test
  void aNewLabMayHaveNoFiles() throws Exception {
    storeJobs(1);
    Files.delete(root.resolve("high-water-mark"));
    FileTree.delete(root.resolve("artifacts"));
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
    assertThat(root.resolve("high-water-mark")).doesNotExist();
    storeLog("of a job that left no file");
    assertThat(root.resolve("high-water-mark")).exists();
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotAsLongAsItsRowSaysIsNotTheJobs() throws Exception {
    storeJobs(1);
    Files.writeString(root.resolve("artifacts/1/best"), "the weights of another job");
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
    assertThat(files()).contains("runs/1/log.txt").anyMatch(file -> file.startsWith("quarantine/"));
    assertThat(root.resolve("artifacts/1/best")).doesNotExist();
  }

  @Test
  void aDatabaseWhoseDirectoryIsAwayIsNotBegunAnew() throws Exception {
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      var _ = database.writeThrough(DatabaseStartTests::insert, inserted -> {}).join();
    }
    // As an unmounted volume looks.
    FileTree.delete(root.resolve("database"));
    assertRefused("missing");
  }

  @Test
  void rebuildingBeginsAnewAndKeepsAllFiles() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    storeJobs(1);
    byte[] lost = Files.readAllBytes(store());
    Files.delete(store());
    assertThat(jobs(Recovery.REBUILD)).isZero();
    assertThat(files()).hasSize(4).allMatch(file -> file.startsWith("quarantine/"));
    // From then on it is a database like any other, and gives no number a second time.
    assertThat(jobs(Recovery.REFUSE)).isZero();
    storeJobs(1);
    assertThat(files()).contains("artifacts/3/best", "runs/3/log.txt");

    // An even older one is noticed by what is in the quarantine.
    byte[] rebuilt = Files.readAllBytes(store());
    Files.write(store(), older);
    assertRefused("older", "Jobs in it: 1.");
    Files.write(store(), rebuilt);

    // The right one is found again, and knows its files.
    Files.write(store(), lost);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(2);
    assertThat(files())
        .contains("artifacts/1/best", "runs/1/log.txt", "artifacts/2/best", "runs/2/log.txt")
        .filteredOn(file -> file.startsWith("quarantine/"))
        .hasSize(2)
        .allMatch(file -> file.contains("/3/"));
  }

  @Test
  void rebuildingGoesOnWithAnOlderDatabase() throws Exception {
    storeJobs(1);
    byte[] older = Files.readAllBytes(store());
    storeJobs(1);
    Files.write(store(), older);
    assertThat(jobs(Recovery.REBUILD)).isEqualTo(1);
    assertThat(files())
        .hasSize(4)
        .contains("artifacts/1/best", "runs/1/log.txt")
        .filteredOn(file -> file.startsWith("quarantine/"))
        .hasSize(2);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
  }

  @Test
  void rebuildingKeepsADamagedDatabase() throws Exception {
    storeJobs(1);
    Files.writeString(store(), "no database".repeat(1000));
    assertThat(jobs(Recovery.REBUILD)).isZero();
    try (Stream<Path> all = Files.list(root.resolve("database"))) {
      assertThat(
              all.filter(file -> String.valueOf(file.getFileName()).contains("-before-rebuild-")))
          .singleElement()
          .satisfies(file -> assertThat(Files.readString(file)).startsWith("no database"));
    }
  }

  /** H2 undoes it when it opens the file, and writes much while it does. */
  @Test
  void aKillInTheMiddleOfALargeChangeIsNoDamage() throws Exception {
    try (DataDirectory directory = DataDirectory.open(root)) {
      DatabaseStart.open(directory, Recovery.REFUSE).close();
    }
    Process process =
        JavaProcess.start(
            DeletingProcess.class, root.resolve("database/bagnetlab").toString(), "100", "300");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(9);
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(100);
  }

  @Test
  void aKillAtTheVeryFirstStartIsNoDamage() throws Exception {
    Files.createDirectories(root.resolve("database"));
    try (MVStore empty = MVStore.open(store().toString())) {
      empty.commit();
    }
    assertThat(jobs(Recovery.REFUSE)).isZero();
  }

  @Test
  void whatCannotBeReadIsNotDamaged() throws Exception {
    storeJobs(1);
    Path away = root.resolve("away");
    Files.move(store(), away);
    // No permission is refused to root, but a link in a circle leads nowhere for everybody.
    Files.createSymbolicLink(store(), store());
    for (Recovery recovery : Recovery.values()) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> jobs(recovery))
          .withMessageContaining("which is not there");
    }
    Files.delete(store());
    Files.move(away, store());
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
  }

  @Test
  void whatAKilledServerLeavesIsInOrder() throws Exception {
    try (DataDirectory directory = DataDirectory.open(root)) {
      DatabaseStart.open(directory, Recovery.REFUSE).close();
    }
    for (int round = 1; round <= 5; round++) {
      Process process =
          JavaProcess.start(
              CommittingProcess.class, root.resolve("database/bagnetlab").toString(), "20");
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isEqualTo(9);
      assertThat(jobs(Recovery.REFUSE)).isEqualTo(20L * round);
    }
  }

  @Test
  void aDatabaseThatAnotherProgramHasOpenIsNotLookedAt() throws Exception {
    storeJobs(1);
    Process holder =
        JavaProcess.start(
            DatabaseHoldingProcess.class, root.resolve("database/bagnetlab").toString());
    try {
      assertThat(holder.inputReader().readLine()).isNotNull();
      for (Recovery recovery : Recovery.values()) {
        assertThatExceptionOfType(StorageException.class)
            .isThrownBy(() -> jobs(recovery))
            .withMessageContaining("open in another program");
      }
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(jobs(Recovery.REFUSE)).isEqualTo(1);
  }
}
