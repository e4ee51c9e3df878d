package org.bagnetlab.server.endtoend;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/** Images of noise, whose brightness is their class: trained on and measured in a moment. */
final class SmallScenes {

  static final String NAME = "small-scenes";
  static final List<String> CLASSES = List.of("Dark", "Grey", "Light", "Bright");

  private static final int TRAIN = 30;
  private static final int TEST = 10;
  private static final int SIZE = 64;

  static final int TEST_IMAGES = CLASSES.size() * TEST;

  private SmallScenes() {}

  /** Imports them into the folder of a lab's data sets. */
  static void importInto(Path datasets) throws IOException, DatasetException {
    Path source = Files.createTempDirectory("scenes");
    try {
      write(source, CLASSES, TRAIN, TEST);
      var _ = new DatasetStore(datasets).importFrom(NAME, source, (done, total) -> {});
    } finally {
      FileTree.delete(source);
    }
  }

  /** Writes so many images of each class. */
  static void write(Path folder, List<String> classes, int train, int test) throws IOException {
    Random random = new Random(1);
    for (int label = 0; label < classes.size(); label++) {
      int brightest = 256 * (label + 1) / classes.size();
      for (int i = 0; i < train + test; i++) {
        Path file =
            folder.resolve(
                "%s/%s/image_%d.png"
                    .formatted(i < train ? "train" : "test", classes.get(label), i));
        Files.createDirectories(file.getParent());
        ImageIO.write(noise(brightest, random), "png", file.toFile());
      }
    }
  }

  private static BufferedImage noise(int brightest, Random random) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.getRaster().setSample(i % SIZE, i / SIZE, 0, random.nextInt(brightest));
    }
    return image;
  }
}
