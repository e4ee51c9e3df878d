package org.bagnetlab.vision.dataset.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.imported.DatasetImport;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.staging.StagedFolder;

/**
 * Writes the images of a split as networks see them, before normalisation: {@code
 * PART/CLASS/NAME.png}, together with labels, checksums and information on their origin.
 *
 * @param dataset the images
 * @param split the split of the images
 * @param parts the parts of the split to write
 * @param size side of the images in pixels
 * @param command the command that repeats the export
 */
public record DatasetExport(
    SceneDataset dataset, Split split, Set<Split.Part> parts, int size, String command) {

  static final String LABELS = "labels.csv";

  /** Name of the file with the checksums, in the format of {@code sha256sum}. */
  static final String CHECKSUMS = "SHA256SUMS";

  private static final String ENDING = ".png";

  /**
   * Writes either all files or none.
   *
   * @param folder a folder that does not exist or is empty
   * @param progress called after each image
   * @return the number of images
   * @throws DatasetException if the folder is not empty
   */
  public int to(Path folder, DatasetImport.Progress progress) throws IOException, DatasetException {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null || !vacant(target)) {
      throw occupied(folder);
    }
    try (StagedFolder staged = StagedFolder.in(parent)) {
      int images = new Writing(staged.path(), progress).write();
      Files.deleteIfExists(target);
      staged.moveTo(String.valueOf(target.getFileName()));
      return images;
    } catch (FileAlreadyExistsException e) {
      throw occupied(folder);
    }
  }

  private static boolean vacant(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return !Files.exists(target);
    }
    try (Stream<Path> content = Files.list(target)) {
      return content.findAny().isEmpty();
    }
  }

  private static DatasetException occupied(Path folder) {
    return new DatasetException(
        "%s exists and is not an empty directory. Choose another one.".formatted(folder));
  }

  /** One export. */
  private final class Writing {

    private final Path root;
    private final DatasetImport.Progress progress;
    private final int total = parts.stream().mapToInt(part -> split.images(part).size()).sum();
    private final Set<String> taken = new HashSet<>();
    private final StringBuilder labels = new StringBuilder("path,label,class,split,source\r\n");
    private final StringBuilder checksums = new StringBuilder();

    Writing(Path root, DatasetImport.Progress progress) {
      this.root = root;
      this.progress = progress;
    }

    int write() throws IOException {
      int done = 0;
      for (Split.Part part : Split.Part.values()) {
        for (SceneImage image : parts.contains(part) ? split.images(part) : List.<SceneImage>of()) {
          String path = path(part, image);
          write(path, Png.of(dataset.read(image, size)));
          row(path, image, part);
          progress.report(++done, total);
        }
      }
      write(LABELS, labels.toString().getBytes(UTF_8));
      byte[] sums = checksums.toString().getBytes(UTF_8);
      Files.write(root.resolve(CHECKSUMS), sums);
      new JsonMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(root.resolve(ExportManifest.FILE).toFile(), manifest(Sha256.of(sums)));
      return total;
    }

    private void write(String path, byte[] bytes) throws IOException {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      checksums.append("%s  %s\n".formatted(Sha256.of(bytes), path));
    }

    /**
     * The path of an exported image, which is unique even if source files differ only in their
     * extension or folder.
     */
    private String path(Split.Part part, SceneImage image) {
      String inFolder = image.path().substring(image.path().indexOf('/') + 1);
      int ending = inFolder.lastIndexOf('.');
      String name = ending > inFolder.lastIndexOf('/') ? inFolder.substring(0, ending) : inFolder;
      String path = "%s/%s".formatted(part, name);
      while (!taken.add(path)) {
        path += "_";
      }
      return path + ENDING;
    }

    private void row(String path, SceneImage image, Split.Part part) {
      labels
          .append(
              String.join(
                  ",",
                  quoted(path),
                  String.valueOf(image.label()),
                  quoted(dataset.classes().get(image.label())),
                  part.toString(),
                  quoted(image.path())))
          .append("\r\n");
    }

    private String quoted(String field) {
      return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private ExportManifest manifest(String checksum) {
      return new ExportManifest(
          ExportManifest.FORMAT,
          dataset.name(),
          dataset.checksum(),
          size,
          dataset.preparation(),
          split.seed(),
          split.checksum(),
          total,
          checksum,
          command);
    }
  }
}
