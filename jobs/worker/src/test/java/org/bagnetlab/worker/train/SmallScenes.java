package org.bagnetlab.worker.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/** An imported data set of four classes, 120 images to train and 40 to test, 64 pixels wide. */
final class SmallScenes {

  static final String NAME = "small-scenes";

  private static final int CLASSES = 4;
  private static final int TRAIN = 30;
  private static final int TEST = 10;
  private static final int SIZE = 64;

  private SmallScenes() {}

  /** Imports it into a folder of data sets. */
  static void importInto(Path datasets, Path source) throws IOException, DatasetException {
    Random random = new Random(1);
    for (int label = 0; label < CLASSES; label++) {
      for (int i = 0; i < TRAIN + TEST; i++) {
        Path folder = source.resolve(i < TRAIN ? "train" : "test").resolve("class-" + label);
        Files.createDirectories(folder);
        ImageIO.write(stripes(label, random), "png", folder.resolve(i + ".png").toFile());
      }
    }
    var _ = new DatasetStore(datasets).importFrom(NAME, source, (done, total) -> {});
  }

  /** Noisy stripes, whose width is the class. */
  private static BufferedImage stripes(int label, Random random) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    int phase = random.nextInt(SIZE);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int bright = (x + phase) / (label + 2) % 2 == 0 ? 100 : 0;
        image.getRaster().setSample(x, y, 0, bright + random.nextInt(100));
      }
    }
    return image;
  }
}
