package org.bagnetlab.vision.dataset.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.ImageDecoder;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.imported.DatasetImport;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An export has the very pixels that a network sees, and all that says what they are. */
@Timeout(60)
class DatasetExportTests {

  private static final Set<Split.Part> ALL = EnumSet.allOf(Split.Part.class);
  private static final DatasetImport.Progress SILENT = (done, total) -> {};

  @TempDir private Path directory = Path.of("");

  private final Random random = new Random(1);

  /** Gray and colour, of many sizes; a class's name needs quotes, and names differ in endings. */
  private SceneDataset imported() throws Exception {
    Path source = directory.resolve("source");
    for (String name : List.of("Coast, \"wild\"", "Forest")) {
      for (int i = 0; i < 6; i++) {
        write(
            source.resolve("train/%s/image_%d.png".formatted(name, i)), BufferedImage.TYPE_INT_RGB);
      }
      write(source.resolve("train/%s/image_1.gif.png".formatted(name)), BufferedImage.TYPE_INT_RGB);
      write(source.resolve("train/%s/image_1.bmp".formatted(name)), BufferedImage.TYPE_INT_RGB);
      write(source.resolve("test/%s/image_1.png".formatted(name)), BufferedImage.TYPE_BYTE_GRAY);
    }
    DatasetStore store = new DatasetStore(directory.resolve("datasets"));
    var _ = store.importFrom("noise", source, SILENT);
    return store.find("noise").orElseThrow();
  }

  private void write(Path file, int type) throws IOException {
    BufferedImage image = new BufferedImage(30 + random.nextInt(99), 70, type);
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      image.setRGB(i % image.getWidth(), i / image.getWidth(), random.nextInt());
    }
    Files.createDirectories(file.getParent());
    String name = file.toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  private Path export(SceneDataset dataset, Set<Split.Part> parts, int size) throws Exception {
    Path target = directory.resolve("out");
    DatasetExport export =
        new DatasetExport(dataset, Split.of(dataset, 3), parts, size, "the command");
    AtomicInteger last = new AtomicInteger();
    int images = export.to(target, (done, total) -> last.set(total - done));
    assertThat(last).hasValue(0);
    assertThat(images).isEqualTo(pngs(target).size());
    return target;
  }

  private static List<Path> pngs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).toList();
    }
  }

  @Test
  void exportedImagesAreThePreparedPixels() throws Exception {
    SceneDataset dataset = imported();
    Path out = export(dataset, ALL, 64);
    assertPixels(dataset, Split.of(dataset, 3), out, 64);
    JsonNode manifest = manifest(out);
    assertThat(manifest.path("preparation").asText()).isEqualTo("pillow");
    assertThat(manifest.path("datasetChecksum").asText()).isEqualTo(dataset.checksum());
    assertThat(manifest.path("splitChecksum").asText()).isEqualTo(Split.of(dataset, 3).checksum());
    assertThat(manifest.path("command").asText()).isEqualTo("the command");
  }

  @Test
  void generatedImagesAreExported() throws Exception {
    Controlled15 dataset = new Controlled15();
    Path out = export(dataset, EnumSet.of(Split.Part.VALIDATION), 72);
    assertThat(pngs(out)).hasSize(300);
    assertPixels(dataset, Split.of(dataset, 3), out, 72);
    assertThat(manifest(out).path("preparation").asText()).isEqualTo("generated");
  }

  private static void assertPixels(SceneDataset dataset, Split split, Path out, int size)
      throws IOException {
    Map<String, Split.Part> parts = new HashMap<>();
    ALL.forEach(part -> split.images(part).forEach(image -> parts.put(image.path(), part)));
    List<String> rows = Files.readAllLines(out.resolve(DatasetExport.LABELS));
    assertThat(rows.get(0)).isEqualTo("path,label,class,split,source");
    assertThat(rows).hasSize(1 + pngs(out).size());
    for (String row : rows.subList(1, rows.size())) {
      List<String> fields = fields(row);
      SceneImage image = dataset.find(fields.get(4)).orElseThrow();
      assertThat(fields.get(1)).isEqualTo(String.valueOf(image.label()));
      assertThat(fields.get(2)).isEqualTo(dataset.classes().get(image.label()));
      assertThat(fields.get(3)).isEqualTo(String.valueOf(parts.get(image.path())));
      assertThat(fields.get(0)).startsWith(fields.get(3) + "/" + fields.get(2) + "/");
      Pixels written = ImageDecoder.decode(Files.readAllBytes(out.resolve(fields.get(0))));
      Pixels seen = dataset.read(image, size);
      assertThat(written.channels()).isEqualTo(seen.channels());
      assertThat(written.width()).isEqualTo(size);
      assertThat(written.values()).isEqualTo(seen.values());
    }
  }

  /** Of a row in which no quoted field has a quote and a comma beside each other. */
  private static List<String> fields(String row) {
    return Stream.of(row.split(",(?! )"))
        .map(
            field ->
                field.startsWith("\"")
                    ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
                    : field)
        .toList();
  }

  private static JsonNode manifest(Path out) throws IOException {
    return new JsonMapper().readTree(out.resolve(ExportManifest.FILE).toFile());
  }

  @Test
  void everyFileHasAChecksum() throws Exception {
    Path out = export(imported(), ALL, 64);
    List<String> lines = Files.readAllLines(out.resolve(DatasetExport.CHECKSUMS));
    assertThat(lines).hasSize(pngs(out).size() + 1);
    for (String line : lines) {
      assertThat(Sha256.of(Files.readAllBytes(out.resolve(line.substring(66)))))
          .isEqualTo(line.substring(0, 64));
    }
    String all = Files.readString(out.resolve(DatasetExport.CHECKSUMS));
    assertThat(manifest(out).path("checksum").asText()).isEqualTo(Sha256.of(all.getBytes(UTF_8)));
  }

  @Test
  void whatIsThereStays() throws Exception {
    SceneDataset dataset = imported();
    Path out = Files.createDirectory(directory.resolve("out"));
    assertThat(export(dataset, ALL, 64)).isEqualTo(out);
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> export(dataset, ALL, 128))
        .withMessageContaining("is not an empty directory");
    assertThat(manifest(out).path("imageSize").asInt()).isEqualTo(64);
  }

  @Test
  void anExportThatFailsLeavesNothing() throws Exception {
    SceneDataset dataset = imported();
    String lost = Split.of(dataset, 3).test().get(1).path();
    Files.delete(directory.resolve("datasets/noise").resolve(lost));
    assertThatThrownBy(() -> export(dataset, ALL, 64)).hasMessageContaining(lost);
    assertThat(directory).isDirectoryNotContaining("glob:**{out,.importing*}");
  }
}
