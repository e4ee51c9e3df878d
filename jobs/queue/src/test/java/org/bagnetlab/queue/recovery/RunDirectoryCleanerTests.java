package org.bagnetlab.queue.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.queue.DirectState;
import org.bagnetlab.queue.Lab;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.job.WorkerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whenever a server dies while it deletes a job, the next one ends the deletion. */
@Timeout(120)
class RunDirectoryCleanerTests {

  @TempDir private Path root = Path.of("");

  private static long trained(Lab lab) throws Exception {
    long id = lab.submit().id();
    lab.await(id, JobState.Name.SUCCEEDED);
    lab.awaitFreeDevice();
    return id;
  }

  /** All files of a job, wherever they are. */
  private static List<Path> files(Lab lab, long id) throws Exception {
    List<Path> files = new ArrayList<>();
    for (Path place :
        List.of(lab.directory.run(id), lab.directory.artifacts().resolve(String.valueOf(id)))) {
      if (Files.exists(place)) {
        try (Stream<Path> all = Files.walk(place)) {
          all.forEach(files::add);
        }
      }
    }
    return files;
  }

  /** The first step of a deletion, after which there is no job any more. */
  private static void deleteRows(Lab lab, long id) {
    lab.database
        .write(
            tables -> {
              tables.jobs().delete(id);
              return id;
            })
        .join();
  }

  @Test
  void aServerThatDiesAfterTheRowsAreGoneLeavesNothingForLong() throws Exception {
    long deleted;
    long kept;
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      deleted = trained(lab);
      kept = trained(lab);
      assertThat(files(lab, deleted)).isNotEmpty();
      deleteRows(lab, deleted);
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(files(lab, deleted)).isEmpty();
      assertThat(lab.artifacts(kept)).extracting(ArtifactRow::name).containsExactly("best.bin");
      assertThat(lab.directory.log(kept)).exists();
      assertThat(lab.artifacts.file(lab.artifacts(kept).get(0))).hasContent("weights");
    }
  }

  @Test
  void aServerThatDiesBetweenArtifactsAndLogLeavesNothingForLong() throws Exception {
    long deleted;
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      deleted = trained(lab);
      deleteRows(lab, deleted);
      FileTree.delete(lab.directory.artifacts().resolve(String.valueOf(deleted)));
      assertThat(lab.directory.log(deleted)).exists();
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(files(lab, deleted)).isEmpty();
      // The number of a deleted job is not given again, so nobody else's files are meant.
      assertThat(lab.submit().id()).isGreaterThan(deleted);
    }
  }

  @Test
  void aServerThatDiesWhileAJobRunsLeavesNothingForLong() throws Exception {
    Path left;
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long id = trained(lab);
      left = lab.directory.worker(id, 1);
    }
    Files.writeString(Files.createDirectories(left).resolve("best.part"), "half");
    try (DirectState state = new DirectState(root)) {
      state.running(1, new WorkerRow(1, 1, "0", "another boot"));
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(left).doesNotExist();
      assertThat(lab.directory.log(1)).exists();
      lab.await(1, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void whatIsNoJobsStays() throws Exception {
    Path notes = Files.createDirectories(root.resolve("runs").resolve("notes"));
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(lab.directory.runs()).isNotEmptyDirectory();
    }
    assertThat(notes).exists();
  }
}
