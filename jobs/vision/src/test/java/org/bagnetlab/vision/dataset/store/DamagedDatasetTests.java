package org.bagnetlab.vision.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bagnetlab.vision.dataset.imported.Manifest;
import org.bagnetlab.vision.staging.Damaged;
import org.bagnetlab.vision.staging.DamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage stays with the data set that has it. */
@Timeout(30)
class DamagedDatasetTests {

  @TempDir private Path directory = Path.of("");
  private DatasetStore store = new DatasetStore(Path.of(""));
  private Path manifest = Path.of("");

  @BeforeEach
  void importTwo() throws Exception {
    store = new DatasetStore(directory.resolve("datasets"));
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("Coast", "Forest")) {
      Path folder = Files.createDirectories(directory.resolve("source").resolve(name));
      ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    }
    store.importFrom("damaged", directory.resolve("source"), (done, total) -> {});
    store.importFrom("whole", directory.resolve("source"), (done, total) -> {});
    manifest = directory.resolve("datasets/damaged").resolve(Manifest.FILE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "null | it contains no data set",
        "[] | Cannot deserialize",
        "`` | No content",
        "{\"format\":1} | Missing creator property 'name' (index 1).",
        "`%s }` | Unexpected close marker",
      })
  void otherContentsAreListedWithTheirProblem(String contents, String problem) throws Exception {
    String whole = Files.readString(manifest);
    Files.writeString(manifest, contents.replace("%s", whole));
    damaged(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1 | \"format\" : 2 | it has format 2; this version reads format 1",
        "\"name\" : \"damaged\" | \"name\" : \"whole\" | it belongs to the data set 'whole'",
        "[ \"Coast\", \"Forest\" ] | [ \"Coast\", null ] | a class has no name",
        "[ \"Coast\", \"Forest\" ] | [ \"Coast\" ] | has no class",
        "\"label\" : 1 | \"label\" : -1 | has no class",
        "train/Coast/a.png | ../../../a.png | points outside its folder",
        "\"checksum\" : \" | \"checksum\" : \"x | is not a checksum",
        "\"folder\" : \"TRAIN\" | \"folder\" : null | Null value for creator property 'folder'",
      })
  void wrongFieldsAreListedWithTheirProblem(String right, String wrong, String problem)
      throws Exception {
    String whole = Files.readString(manifest);
    assertThat(whole).contains(right);
    Files.writeString(manifest, whole.replace(right, wrong));
    damaged(problem);
  }

  @Test
  void aMissingManifestIsListed() throws Exception {
    Files.delete(manifest);
    damaged("it is missing");
  }

  /** A file that the disk does not give may be whole: nobody is told to remove it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aManifestThatCannotBeReadIsNotCalledDamaged() throws Exception {
    Files.delete(manifest);
    // Reading the beginning of a process's memory is an input/output error.
    Files.createSymbolicLink(manifest, Path.of("/proc/self/mem"));
    assertThat(store.list().damaged())
        .extracting(Damaged::problem)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("The dataset.json of the data set 'damaged' cannot be read: ")
        .endsWith(". Check its permissions and the disk.")
        .doesNotContain("remove");
    assertThatThrownBy(() -> store.find("damaged"))
        .isInstanceOf(DamagedException.class)
        .hasMessageEndingWith(". Check its permissions and the disk.");
  }

  private void damaged(String problem) throws Exception {
    DatasetList list = store.list();
    assertThat(list.datasets())
        .extracting(DatasetFacts::name)
        .containsExactly("controlled-15", "controlled-15-cue-conflict", "fractals-60", "whole");
    Damaged damaged = list.damaged().get(0);
    assertThat(list.damaged()).hasSize(1);
    assertThat(damaged.name()).isEqualTo("damaged");
    assertThat(damaged.problem())
        .startsWith("The dataset.json of the data set 'damaged' ")
        .contains(problem)
        .endsWith(
            "Remove it with ./bagnetlab dataset remove damaged (while a server runs, with --server URL), and import the data set again.")
        .doesNotContain("\n");
    assertThatThrownBy(() -> store.find("damaged"))
        .isInstanceOf(DamagedException.class)
        .hasMessage(damaged.problem());
    assertThatThrownBy(() -> store.facts("damaged"))
        .isInstanceOf(DamagedException.class)
        .hasMessage(damaged.problem());
    assertThat(store.facts("whole")).isPresent();
    assertThatThrownBy(
            () -> store.importFrom("damaged", directory.resolve("source"), (done, total) -> {}))
        .hasMessageContaining("dataset remove damaged");
    store.remove("damaged").close();
    assertThat(store.list().damaged()).isEmpty();
    store.importFrom("damaged", directory.resolve("source"), (done, total) -> {});
    assertThat(store.facts("damaged")).isPresent();
  }

  @Test
  void aManifestIsReadAgainOnlyWhenItsFileChanges() throws IOException {
    assertThat(store.facts("damaged").orElseThrow().classes()).contains("Coast");
    FileTime modified = Files.getLastModifiedTime(manifest);
    Files.writeString(manifest, Files.readString(manifest).replace("\"Coast\"", "\"Shore\""));
    Files.setLastModifiedTime(manifest, modified);
    assertThat(store.facts("damaged").orElseThrow().classes()).contains("Coast");
    assertThat(store.list().datasets().get(3).classes()).contains("Coast");
    Files.setLastModifiedTime(manifest, FileTime.fromMillis(modified.toMillis() + 10));
    assertThat(store.facts("damaged").orElseThrow().classes()).contains("Shore");
    assertThat(store.list().datasets().get(3).classes()).contains("Shore");
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    for (String name : List.of("none", "..", "a/b", "")) {
      assertThatThrownBy(() -> store.remove(name))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("There is no data set '%s'".formatted(name));
    }
    assertThatThrownBy(() -> store.remove("controlled-15")).hasMessageContaining("built in");
    assertThat(directory.resolve("datasets/whole")).exists();
  }
}
