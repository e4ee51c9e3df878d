package org.bagnetlab.vision.dataset.store;

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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.imported.DatasetCheck;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.imported.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTests {

  @TempDir private Path directory = Path.of("");
  private DatasetStore store = new DatasetStore(Path.of(""));

  @BeforeEach
  void open() {
    store = new DatasetStore(directory.resolve("datasets"));
  }

  @Test
  void aZipWithTrainAndTestIsImportedAndReadBack() throws Exception {
    Path zip = zip(scenes());
    DatasetFacts facts = store.importFrom("scenes", zip, (done, total) -> {}).dataset();
    assertThat(facts.classes()).containsExactly("Coast", "Forest");
    assertThat(List.of(facts.images(), facts.train(), facts.test())).containsExactly(8, 6, 2);
    SceneDataset dataset = store.find("scenes").orElseThrow();
    Pixels image = dataset.read(dataset.images().get(0), 10);
    assertThat(List.of(image.width(), image.height(), image.channels())).containsExactly(10, 10, 1);
    assertThat(dataset.checksum()).isEqualTo(facts.checksum()).hasSize(64);
    assertThat(store.list().datasets())
        .extracting(DatasetFacts::name)
        .containsExactly("controlled-15", "controlled-15-cue-conflict", "fractals-60", "scenes");
  }

  @Test
  void aFolderWithOnlyClassesIsImported() throws Exception {
    Path folder = directory.resolve("source");
    for (String name : List.of("10/a.jpg", "10/b.jpg", "2/a.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, jpeg(20 + name.hashCode() % 7));
    }
    assertThat(store.importFrom("numbered", folder, (done, total) -> {}).dataset().classes())
        .containsExactly("2", "10");
  }

  @Test
  void aPathThatClimbsOutIsRefusedAndNothingStays() throws Exception {
    Map<String, byte[]> files = scenes();
    files.put("../../escaped/Coast/x.jpg", jpeg(3));
    refused(zip(files), "points outside its folder");
  }

  @Test
  void unreadableImagesAreNamedAndNothingStays() throws Exception {
    Map<String, byte[]> files = scenes();
    byte[] whole = jpeg(9);
    files.put("train/Coast/cut.jpg", Arrays.copyOf(whole, whole.length / 2));
    files.put("train/Coast/empty.jpg", new byte[0]);
    files.put("train/Coast/text.jpg", "no image".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Path zip = zip(files);
    refused(zip, "3 of 11 images are unusable");
    assertThatThrownBy(() -> store.importFrom("bad", zip, (done, total) -> {}))
        .hasMessageContaining("cut.jpg")
        .hasMessageContaining("empty.jpg: the file is empty")
        .hasMessageContaining("text.jpg: not an image");
  }

  @Test
  void whatIsNoImageSetIsRefused() throws Exception {
    refused(zip(Map.of("notes.txt", new byte[] {1})), "contains no images");
    refused(zip(Map.of("a.jpg", jpeg(1))), "not in a class folder");
    Path text = directory.resolve("text.zip");
    Files.writeString(text, "no zip");
    refused(text, "neither a folder nor a complete zip file");
    refused(directory.resolve("nowhere"), "No such folder or zip file");
  }

  @Test
  void aTakenNameIsRefusedAndWhatIsThereStays() throws Exception {
    Path zip = zip(scenes());
    store.importFrom("scenes", zip, (done, total) -> {});
    assertThatThrownBy(() -> store.importFrom("scenes", zip, (done, total) -> {}))
        .hasMessageContaining("The data set 'scenes' already exists")
        .hasMessageContaining("dataset remove scenes (while a server runs, with --server URL)");
    assertThat(store.find("scenes")).isPresent();
    assertThatThrownBy(() -> store.importFrom("controlled-15", zip, (done, total) -> {}))
        .hasMessageContaining("is not a valid data set name");
  }

  @Test
  void anImportThatWasKilledIsNotListedAndADamagedOneHidesNoOther() throws Exception {
    store.importFrom("scenes", zip(scenes()), (done, total) -> {});
    Path datasets = directory.resolve("datasets");
    Path killed = Files.createDirectory(datasets.resolve(".importing-1"));
    Files.copy(datasets.resolve("scenes").resolve(Manifest.FILE), killed.resolve(Manifest.FILE));
    Path damaged = Files.createDirectory(datasets.resolve("damaged"));
    Files.createFile(damaged.resolve(Manifest.FILE));
    assertThat(store.list().datasets())
        .extracting(DatasetFacts::name)
        .containsExactly("controlled-15", "controlled-15-cue-conflict", "fractals-60", "scenes");
    assertThat(store.find(".importing-1")).isEmpty();
  }

  @Test
  void theCheckFindsDuplicatesAcrossTheSplit() throws Exception {
    Map<String, byte[]> files = scenes();
    files.put("train/Coast/same.jpg", jpeg(77));
    files.put("test/Forest/same.jpg", jpeg(77));
    files.put("train/Coast/cut.jpg", Arrays.copyOf(jpeg(5), 60));
    DatasetCheck check = DatasetCheck.of(zip(files), (done, total) -> {});
    assertThat(check.images()).isEqualTo(11);
    assertThat(check.crossSplitDuplicates())
        .containsExactly(List.of("test/Forest/same.jpg", "train/Coast/same.jpg"));
    assertThat(check.duplicates()).hasSize(1);
    assertThat(check.unreadable())
        .extracting(DatasetException.Unreadable::path)
        .containsExactly("train/Coast/cut.jpg");
    assertThat(check.classes().get("Coast")).isEqualTo(new DatasetCheck.Counts(5, 1));
    assertThat(check.colour()).isEqualTo(new DatasetCheck.Colour(10, 0));
    assertThat(check.sizes()).isEqualTo(new DatasetCheck.Sizes(24, 24, 16, 16));
  }

  @Test
  void duplicatesAreKnownFromTheImportAndFoundAgainWhereTheirFileIsGone() throws Exception {
    Map<String, byte[]> files = scenes();
    files.put("train/Coast/same.jpg", jpeg(77));
    files.put("test/Forest/same.jpg", jpeg(77));
    assertThat(store.importFrom("scenes", zip(files), (done, total) -> {}).warnings())
        .containsExactly(
            "1 duplicate between training and test images: test accuracies count them unless a training leaves duplicates out (duplicates: leave-out).");
    Path file = directory.resolve("datasets/scenes").resolve("duplicates.json");
    String stored = Files.readString(file);
    DuplicatePairs found = duplicates();
    assertThat(found.pairs())
        .contains(new DuplicatePair("test/Forest/same.jpg", "train/Coast/same.jpg", true, 1, true));
    for (String content :
        new String[] {"", "{}", stored.replace("\"format\" : 1", "\"format\" : 0")}) {
      Files.writeString(file, content);
      assertThat(duplicates()).isEqualTo(found);
      assertThat(file).hasContent(stored);
    }
    Files.delete(file);
    assertThat(duplicates()).isEqualTo(found);
    assertThat(store.duplicates("none", (done, total) -> {})).isEmpty();
  }

  private DuplicatePairs duplicates() throws IOException {
    return store.duplicates("scenes", (done, total) -> {}).orElseThrow();
  }

  private void refused(Path source, String message) throws IOException {
    assertThatThrownBy(() -> store.importFrom("bad", source, (done, total) -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
    assertThat(store.find("bad")).isEmpty();
    Path datasets = directory.resolve("datasets");
    if (Files.exists(datasets)) {
      try (Stream<Path> left = Files.list(datasets)) {
        assertThat(left).isEmpty();
      }
    }
  }

  private static Map<String, byte[]> scenes() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : List.of("Coast", "Forest")) {
      for (int i = 0; i < 3; i++) {
        files.put("train/" + name + "/" + i + ".jpg", jpeg(name.hashCode() + i));
      }
      files.put("test/" + name + "/t.jpg", jpeg(name.hashCode() + 9));
    }
    return files;
  }

  private Path zip(Map<String, byte[]> files) throws IOException {
    Path zip = Files.createTempFile(directory, "images", ".zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return zip;
  }

  private static byte[] jpeg(int seed) throws IOException {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 24 * 16; i++) {
      image.getRaster().setSample(i % 24, i / 24, 0, (seed * 31 + i * 7) & 0xFF);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
