package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data sets on the command line, with a server: imported, shown and removed as the page does. */
@Timeout(120)
class DatasetServerCommandsTests {

  private final TerminalOfTests terminal = new TerminalOfTests();

  @TempDir Path data;
  @TempDir Path files;
  TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
    terminal.close();
  }

  private Path zip(boolean broken) throws IOException {
    Path file = files.resolve("scenes.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 20; i++) {
        zip.putNextEntry(
            new ZipEntry(
                "%s/%s/%d.png"
                    .formatted(i < 12 ? "train" : "test", i % 2 == 0 ? "Coast" : "Forest", i)));
        zip.write(broken && i == 3 ? new byte[9] : png(i));
      }
    }
    return file;
  }

  private static byte[] png(int seed) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    image.setRGB(seed, seed, 0xFFFFFF);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private int run(String... arguments) {
    return terminal.run(arguments);
  }

  @Test
  void aZipFileIsSentToAServerThatImportsIt() throws Exception {
    String address = server.at("").toString();
    String file = zip(false).toString();
    assertThat(run("dataset", "import", "scenes", file, "--server", address)).isZero();
    assertThat(terminal.said())
        .isEqualTo("Imported scenes: 20 images in 2 classes, 12 for training and 8 for testing.\n");
    assertThat(run("dataset", "import", "scenes", file, "--server", address)).isEqualTo(1);
    assertThat(terminal.said()).contains("already has a data set 'scenes'");
    assertThat(run("dataset", "show", "scenes", "--server", address)).isZero();
    assertThat(terminal.said())
        .contains(
            "scenes: Imported from scenes.zip.",
            "40 pixels wide, 40 high; 0 gray.",
            "Split: 8 training, 4 validation and 8 test images.",
            "Used by 0 jobs");
    assertThat(run("dataset", "show", "scenes", "--json", "--data", data.toString())).isZero();
    JsonNode shown = Json.MAPPER.readTree(terminal.said());
    assertThat(shown.at("/classes/0/train").asInt()).isEqualTo(6);
    assertThat(run("dataset", "list", "--server", address)).isZero();
    assertThat(terminal.said()).contains("controlled-15", "scenes ", "20 images");
    assertThat(run("dataset", "remove", "scenes", "--server", address)).isEqualTo(1);
    assertThat(terminal.said()).contains("scenes is removed for good from http://", "add --yes");
    assertThat(run("dataset", "remove", "scenes", "--yes", "--server", address)).isZero();
    terminal.said();
    assertThat(run("dataset", "show", "scenes", "--server", address)).isEqualTo(1);
    assertThat(terminal.said()).contains("There is no data set 'scenes'.");
  }

  @Test
  void whatMayNotBeUsedAsExpectedIsAWarning() throws Exception {
    String address = server.at("").toString();
    Path file = files.resolve("mixed.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String folder :
          List.of("train/Beach", "val/Beach", "test/beach", "train/Coast", "test/Coast")) {
        for (int i = 0; i < 3; i++) {
          zip.putNextEntry(new ZipEntry("%s/%s%d.png".formatted(folder, folder.charAt(0), i)));
          zip.write(png(i));
        }
      }
    }
    String untrainable =
        "No training can use this data set: each class needs 2 training images and a test image, but Beach has 6 and 0, beach has 0 and 3.";
    String[] warnings = {
      "Warning: The folder for validation is not kept apart: its images (3) count as training",
      "Warning: " + untrainable,
      "Warning: Beach and beach are 2 classes"
    };
    assertThat(run("dataset", "check", file.toString())).isZero();
    assertThat(terminal.said())
        .contains("40 pixels wide, 40 high.", "12 duplicates, 12 of them between training and test")
        .contains(warnings);
    assertThat(run("dataset", "import", "mixed", file.toString(), "--server", address)).isZero();
    assertThat(terminal.said())
        .contains(warnings)
        .contains("duplicates between training and test images: ");
    assertThat(run("dataset", "show", "mixed", "--server", address)).isZero();
    assertThat(terminal.said()).contains("Split: none. " + untrainable);
    assertThat(
            run("submit", "train", "--arch", "bagnet9", "--dataset", "mixed", "--server", address))
        .isEqualTo(2);
    assertThat(terminal.said()).contains("mixed: " + untrainable);
  }

  @Test
  void whatAServerCannotImportIsToldInWords() throws Exception {
    String address = server.at("").toString();
    assertThat(run("dataset", "import", "Bad!", zip(false).toString(), "--server", address))
        .isEqualTo(1);
    assertThat(terminal.said()).contains("'Bad!' is not a valid data set name");
    assertThat(run("dataset", "import", "bad", files.toString(), "--server", address)).isEqualTo(1);
    assertThat(terminal.said()).contains("Pack the folder into one first");
    assertThat(run("dataset", "import", "bad", zip(true).toString(), "--server", address))
        .isEqualTo(1);
    assertThat(terminal.said())
        .contains("1 of 20 images is unusable; nothing was imported:", "train/Forest/3.png");
    assertThat(data.resolve("datasets")).isEmptyDirectory();
  }
}
