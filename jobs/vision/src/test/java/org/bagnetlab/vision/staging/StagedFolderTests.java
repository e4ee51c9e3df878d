package org.bagnetlab.vision.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFolderTests {

  @TempDir private Path parent = Path.of("");

  @Test
  void itIsAtItsPlaceOnlyWhenItIsWhole() throws IOException {
    try (StagedFolder staged = StagedFolder.in(parent)) {
      Files.writeString(staged.path().resolve("a"), "1");
      assertThat(parent.resolve("mine")).doesNotExist();
      staged.moveTo("mine");
    }
    assertThat(parent.resolve("mine").resolve("a")).hasContent("1");
    assertThat(names()).containsExactly("mine");
  }

  @Test
  void whatFailsBeforeTheMoveLeavesNothing() throws IOException {
    try (StagedFolder staged = StagedFolder.in(parent)) {
      Files.writeString(staged.path().resolve("a"), "1");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void othersMayReadIt() throws IOException {
    Path plain = Files.createDirectory(parent.resolve("plain"));
    try (StagedFolder staged = StagedFolder.in(parent)) {
      staged.moveTo("mine");
    }
    assertThat(Files.getPosixFilePermissions(parent.resolve("mine")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void aTakenNameKeepsWhatItHas() throws IOException {
    try (StagedFolder first = StagedFolder.in(parent);
        StagedFolder second = StagedFolder.in(parent)) {
      Files.writeString(first.path().resolve("a"), "1");
      Files.writeString(second.path().resolve("a"), "2");
      first.moveTo("mine");
      assertThatThrownBy(() -> second.moveTo("mine"))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(parent.resolve("mine").resolve("a")).hasContent("1");
    assertThat(names()).containsExactly("mine");
  }

  /** Whether the other is seen before the rename or by it. */
  @RepeatedTest(50)
  void ofTwoAtOnceOneWinsAndTheOtherHearsThatItIsTaken() throws Exception {
    List<Boolean> won =
        atOnce(
            () -> {
              try (StagedFolder staged = StagedFolder.in(parent)) {
                Files.writeString(staged.path().resolve("a"), "1");
                staged.moveTo("mine");
                return true;
              } catch (FileAlreadyExistsException e) {
                return false;
              }
            });
    assertThat(won).containsExactlyInAnyOrder(true, false);
    assertThat(names()).containsExactly("mine");
  }

  /** What a killed process left is kept for a day, in which it may only be slow. */
  @Test
  void whatAKilledProcessLeftIsRemovedAfterADay() throws IOException {
    Path fresh = leftover("fresh", Duration.ofHours(23));
    Path old = leftover("old", Duration.ofHours(25));
    Path named = aged(Files.createDirectory(parent.resolve("mine")), Duration.ofDays(9));
    StagedFolder.in(parent).close();
    assertThat(old).doesNotExist();
    assertThat(fresh).isDirectory();
    assertThat(named).isDirectory();
  }

  @RepeatedTest(50)
  void twoMayRemoveTheSameLeftover() throws Exception {
    for (int i = 0; i < 5; i++) {
      leftover("old" + i, Duration.ofDays(2));
    }
    atOnce(
        () -> {
          StagedFolder.in(parent).close();
          return true;
        });
    assertThat(names()).isEmpty();
  }

  @Test
  void deletedItIsGoneFromItsPlaceAndFromTheDisk() throws IOException {
    Files.writeString(Files.createDirectories(parent.resolve("mine/inner")).resolve("a"), "1");
    try (StagedFolder taken = StagedFolder.takeOut(parent, "mine")) {
      assertThat(parent.resolve("mine")).doesNotExist();
      assertThat(taken.path().resolve("mine/inner/a")).exists();
    }
    assertThat(names()).isEmpty();
  }

  private static <T> List<T> atOnce(Callable<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(List.of(task, task))) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private Path leftover(String name, Duration age) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(".importing-" + name));
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve("file" + i), "1");
    }
    return aged(folder, age);
  }

  private static Path aged(Path folder, Duration age) throws IOException {
    return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(parent)) {
      return paths.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }
}
