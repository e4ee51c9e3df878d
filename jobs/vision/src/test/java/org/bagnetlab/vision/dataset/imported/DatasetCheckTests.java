package org.bagnetlab.vision.dataset.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.imported.HostileZip.Entry;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check says of identical files, of damaged ones and of their names. */
@Timeout(30)
class DatasetCheckTests {

  private static final DatasetImport.Progress SILENT = (done, total) -> {};

  @TempDir private Path directory = Path.of("");
  @TempDir private Path zips = Path.of("");

  /** Every pair of so many would be 500 million. */
  @Test
  void identicalFilesArePairedWithTheFirstOfThemOnly() throws Exception {
    byte[] image = png(1);
    for (int i = 0; i < 400; i++) {
      write("train/Coast/%03d.png".formatted(i), image);
    }
    write("test/Forest/a.png", image);
    write("test/Forest/b.png", image);
    write("test/Forest/other.png", png(2));
    DatasetCheck check = DatasetCheck.of(directory, SILENT);
    assertThat(check.duplicates())
        .hasSize(401)
        .contains(List.of("test/Forest/a.png", "test/Forest/b.png"))
        .allSatisfy(pair -> assertThat(pair.get(0)).isEqualTo("test/Forest/a.png"));
    assertThat(check.crossSplitDuplicates())
        .hasSize(401)
        .contains(
            List.of("test/Forest/a.png", "train/Coast/399.png"),
            List.of("test/Forest/b.png", "train/Coast/000.png"));
  }

  /** Also those of which another test file has the same content. */
  @Test
  void everyTestFileThatIsInTheTrainingFolderIsNamed() throws Exception {
    for (String path : List.of("test/Coast/1.png", "test/Coast/2.png", "train/Coast/3.png")) {
      write(path, png(1));
    }
    write("test/Forest/1.png", png(2));
    write("test/Forest/2.png", png(2));
    DatasetCheck check = DatasetCheck.of(directory, SILENT);
    assertThat(check.duplicates())
        .containsExactly(
            List.of("test/Coast/1.png", "test/Coast/2.png"),
            List.of("test/Coast/1.png", "train/Coast/3.png"),
            List.of("test/Forest/1.png", "test/Forest/2.png"));
    assertThat(check.crossSplitDuplicates())
        .containsExactly(
            List.of("test/Coast/1.png", "train/Coast/3.png"),
            List.of("test/Coast/2.png", "train/Coast/3.png"));
  }

  /** Each class of its own, so that looking for one must not go through all. */
  @Test
  void manyClassesAreNumberedAtOnce() throws Exception {
    List<String> paths = IntStream.range(0, 200_000).mapToObj("class%d/a.jpg"::formatted).toList();
    assertThat(Layout.of(paths).classes()).hasSize(200_000);
  }

  @Test
  void everyUnreadableFileHasAReason() throws Exception {
    byte[] bmp = written("bmp", 1);
    write("Coast/cut.bmp", Arrays.copyOf(bmp, bmp.length / 2));
    write("Forest/head.bmp", Arrays.copyOf(bmp, 20));
    assertThat(DatasetCheck.of(directory, SILENT).unreadable())
        .extracting(DatasetException.Unreadable::reason)
        .containsExactly("the file is truncated", "the file is truncated");
  }

  /** A new line, an escape sequence, C1's own escape, text from right to left, a line separator. */
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001b[2J", "a\u009b2J", "a\u202eb", "a\u2066b", "a\u2028b"})
  void namesThatATerminalWouldObeyAreRefused(String name) throws Exception {
    byte[] image = png(1);
    for (String path : List.of("Coast/%s.png".formatted(name), name + "/x.png")) {
      Path zip =
          zip(
              Map.of(
                  "Forest/a.png",
                  png(2),
                  "Forest/b.png",
                  png(3),
                  "Coast/c.png",
                  png(4),
                  path,
                  image));
      assertThatThrownBy(() -> store().importFrom("scenes", zip, SILENT))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("control character")
          .hasMessageContaining("rename it")
          .hasMessageNotContaining(name);
      assertThat(store().find("scenes")).isEmpty();
      assertThat(DatasetCheck.of(zip, SILENT).unreadable())
          .singleElement()
          .satisfies(each -> assertThat(each.path()).isEqualTo(path))
          .satisfies(each -> assertThat(each.reason()).contains("control character"));
    }
  }

  @Test
  void namesOfAllLanguagesAreKept() throws Exception {
    Path zip = zip(Map.of("Küste/ä.png", png(1), "海岸/b.png", png(2), "ساحل/c.png", png(3)));
    assertThat(store().importFrom("scenes", zip, SILENT).dataset().classes())
        .contains("Küste", "海岸", "ساحل");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train//a.png", "train/ /a.png"})
  void aClassWithoutANameIsRefused(String path) throws Exception {
    Path zip = zip(Map.of("train/Forest/a.png", png(1), path, png(2)));
    assertThatThrownBy(() -> store().importFrom("scenes", zip, SILENT))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("class without a name");
  }

  @Test
  void aSourceThatATerminalWouldObeyIsRefused() throws Exception {
    Path zip = zip(Map.of("Coast/a.png", png(1), "Forest/a.png", png(2)));
    Path renamed = Files.move(zip, zip.resolveSibling("a\u001b[2Jb.zip"));
    assertThatThrownBy(() -> store().importFrom("scenes", renamed, SILENT))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("control character");
  }

  @Test
  void aFolderForValidationIsSaidToCountAsTraining() throws Exception {
    Path zip =
        zip(
            scenes(
                "train/Coast",
                "train/Forest",
                "VAL/Coast",
                "VAL/Forest",
                "test/Coast",
                "test/Forest"));
    warned(
        zip,
        "The folder for validation is not kept apart: its images (4) count as training images, from which each training draws its own for validation.");
    Path undivided = zip(scenes("train/Coast", "train/Forest", "val/Coast", "val/Forest"));
    assertThat(DatasetCheck.of(undivided, SILENT).warnings())
        .singleElement()
        .asString()
        .endsWith("draws its own for validation and test.");
    assertThat(warnings("train/Coast", "train/Forest", "test/Coast", "test/Forest")).isEmpty();
  }

  @Test
  void aClassThatIsInOneFolderOnlyIsNamed() throws Exception {
    Path zip = zip(scenes("train/Beach", "train/Forest", "test/beach", "test/Forest"));
    warned(
        zip,
        "No training can use this data set: each class needs 2 training images and a test image, but Beach has 2 and 0, beach has 0 and 2.",
        "Beach and beach are 2 classes, since their names differ in upper and lower case: rename the folders if they are one.");
    assertThat(store().facts("scenes").orElseThrow().trainingProblem()).isPresent();
    SceneDataset imported = store().find("scenes").orElseThrow();
    assertThatThrownBy(() -> Split.of(imported, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("scenes: No training can use this data set");
  }

  @Test
  void imagesToTestOnAloneNeedNoTraining() throws Exception {
    assertThat(warnings("test/Coast", "test/Forest")).isEmpty();
  }

  private void warned(Path zip, String... warnings) throws Exception {
    assertThat(DatasetCheck.of(zip, SILENT).warnings()).containsExactly(warnings);
    assertThat(store().importFrom("scenes", zip, SILENT).warnings()).containsExactly(warnings);
  }

  private List<String> warnings(String... folders) throws Exception {
    return DatasetCheck.of(zip(scenes(folders)), SILENT).warnings();
  }

  /** Two different images in each folder. */
  private static Map<String, byte[]> scenes(String... folders) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String folder : folders) {
      for (int i = 0; i < 2; i++) {
        files.put("%s/%d.png".formatted(folder, files.size()), png(1 << files.size()));
      }
    }
    return files;
  }

  private DatasetStore store() {
    return new DatasetStore(directory.resolve("datasets"));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private Path zip(Map<String, byte[]> files) throws IOException {
    List<Entry> entries =
        files.entrySet().stream()
            .map(
                file ->
                    new Entry(
                        file.getKey(),
                        file.getValue(),
                        file.getValue().length,
                        file.getValue().length))
            .toList();
    return Files.write(Files.createTempFile(zips, "images", ".zip"), HostileZip.of(entries));
  }

  private static byte[] png(int seed) throws IOException {
    return written("png", seed);
  }

  private static byte[] written(String format, int seed) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 2, seed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }
}
