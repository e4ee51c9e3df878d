package org.bagnetlab.vision.dataset.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.vision.dataset.image.ImageDecoder;
import org.bagnetlab.vision.dataset.imported.HostileZip.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and zip files that would never end, or fill the memory, are refused when opened. */
@Timeout(20)
class SourceFilesTests {

  private static final byte[] CONTENTS = new byte[1000];

  @TempDir private Path directory = Path.of("");

  @Test
  void entriesThatOverlapAreRefused() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      entries.add(new Entry("Coast/%d.jpg".formatted(i), CONTENTS, 1000, 1000));
    }
    refused(zip(entries), "overlap", "import the folder");
    assertThat(SourceFiles.open(zip(entries.subList(0, 1))).read("Coast/0.jpg"))
        .isEqualTo(CONTENTS);
  }

  @Test
  void entriesThatUnpackToFarMoreThanTheZipHoldsAreRefused() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] contents = {1};
      entries.add(new Entry("Coast/%d.jpg".formatted(i), contents, 1, 60 << 20));
    }
    refused(zip(entries), "6000 MiB", "more than 100 times", "import the folder");
  }

  @Test
  void anEntryThatIsLongerThanTheDirectorySaysIsRefused() throws Exception {
    Path zip = zip(List.of(new Entry("Coast/0.jpg", CONTENTS, 1000, 999)));
    try (SourceFiles files = SourceFiles.open(zip)) {
      assertThatThrownBy(() -> files.read("Coast/0.jpg"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("longer than the zip directory declares");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/a.jpg",
        "Coast/../../a.jpg",
        "..\\\\a.jpg",
        "\\\\host\\a.jpg",
        "C:\\a.jpg",
        "c:/a.jpg"
      })
  void aPathOutsideTheZipsFolderIsRefused(String name) throws IOException {
    refused(zip(List.of(new Entry(name, CONTENTS, 1000, 1000))), "points outside its folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Coast/a.jpg", "Coast/A.JPG", "coast/a.jpg", "Coast\\a.jpg"})
  void aPathTwiceIsRefusedAlsoInAnotherCase(String again) throws IOException {
    Entry first = new Entry("Coast/a.jpg", CONTENTS.clone(), 1000, 1000);
    Entry second = new Entry(again, CONTENTS.clone(), 1000, 1000);
    refused(zip(List.of(first, second)), "'" + again.replace('\\', '/') + "' twice");
  }

  /** Where a link of a zip file points to is its content, which is no image. */
  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path aside = Files.write(directory.resolve("aside.jpg"), CONTENTS);
    byte[] target = aside.toString().getBytes(StandardCharsets.UTF_8);
    byte[] zip =
        HostileZip.of(List.of(new Entry("Coast/a.jpg", target, target.length, target.length)));
    int directoryAt = zip.length - 22 - 46 - "Coast/a.jpg".length();
    zip[directoryAt + 5] = 3; // made on Unix
    zip[directoryAt + 41] = (byte) 0xA1; // with the mode of a link
    try (SourceFiles files = SourceFiles.open(Files.write(directory.resolve("link.zip"), zip))) {
      assertThat(files.read("Coast/a.jpg")).isEqualTo(target);
      assertThatThrownBy(() -> ImageDecoder.decode(target)).hasMessageContaining("not an image");
    }
  }

  @Test
  void theNumberOfFilesIsBounded() throws Exception {
    SourceLimits.checkFiles(directory, SourceLimits.MOST_FILES);
    assertThatThrownBy(() -> SourceLimits.checkFiles(directory, SourceLimits.MOST_FILES + 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("more than 500,000 files");
  }

  @Test
  void aFolderInsideItselfIsRefusedByName() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("scenes/Coast"));
    Files.write(folder.resolve("a.jpg"), CONTENTS);
    Files.createSymbolicLink(folder.resolve("again"), directory.resolve("scenes"));
    refused(
        directory.resolve("scenes"), "scenes/Coast/again", "links to one of its parent folders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IBM437", "Shift_JIS"})
  void aZipWhoseNamesAreInAnotherEncodingIsRefusedAsThat(String encoding) throws IOException {
    Path zip = directory.resolve("old.zip");
    String name = encoding.equals("IBM437") ? "Küste/ä.jpg" : "海岸/ソ.jpg";
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(zip), Charset.forName(encoding))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(CONTENTS);
    }
    refused(zip, "not UTF-8", "unpack it and import the folder");
  }

  private Path zip(List<Entry> entries) throws IOException {
    return Files.write(Files.createTempFile(directory, "images", ".zip"), HostileZip.of(entries));
  }

  private static void refused(Path source, String... words) {
    assertThatThrownBy(() -> SourceFiles.open(source))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll(words);
  }
}
