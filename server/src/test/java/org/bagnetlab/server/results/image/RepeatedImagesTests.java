package org.bagnetlab.server.results.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.image.RepeatedImages.Repeated;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of ten test images of each class, three of one class are copies of training images. */
@Timeout(60)
class RepeatedImagesTests {

  @TempDir private Path folder = Path.of("");
  @TempDir private Path source = Path.of("");
  private Optional<String> checksum = Optional.empty();

  @BeforeEach
  void importImages() throws Exception {
    for (int i = 0; i < 10; i++) {
      write("train/Coast/%d.png".formatted(i), i);
      write("train/Forest/%d.png".formatted(i), 100 + i);
      write("test/Coast/%d.png".formatted(i), i < 3 ? i : 200 + i);
      write("test/Forest/%d.png".formatted(i), 300 + i);
    }
    DatasetFacts facts =
        new DatasetStore(folder).importFrom("copies", source, (done, total) -> {}).dataset();
    checksum = Optional.of(facts.checksum());
  }

  private void write(String path, int seed) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < 40 * 40; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt());
    }
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private Optional<RepeatedImages> counted(String settings, Optional<String> ofRun)
      throws IOException {
    TrainSpec training =
        (TrainSpec)
            Experiments.read(
                """
                {"kind":"train","architecture":"bagnet9","dataset":"copies","imageSize":64,"width":1.0,\
                "recipe":"quick","epochs":1,"batchSize":8,"learningRate":0.001,"seed":1,\
                "heatmapStride":8,"precision":"fp32","preparation":"pillow","sparsity":0.0%s}"""
                    .formatted(settings));
    return RepeatedImages.of(training, ofRun, new DatasetStore(folder));
  }

  @Test
  void countsTheImagesThatAnEarlierPartHas() throws Exception {
    assertThat(counted(",\"duplicates\":\"keep\"", checksum))
        .contains(new RepeatedImages(new Repeated(4, 0), new Repeated(20, 3)));
  }

  @Test
  void thereAreNoneWhereTheyAreLeftOut() throws Exception {
    assertThat(counted(",\"duplicates\":\"leave-out\"", checksum))
        .contains(new RepeatedImages(new Repeated(4, 0), new Repeated(17, 0)));
  }

  /** Before a training wrote its split, its images are those that are there. */
  @Test
  void aReplacedDataSetIsNotTheRuns() throws Exception {
    assertThat(counted(",\"duplicates\":\"keep\"", Optional.of("another"))).isEmpty();
    assertThat(counted(",\"duplicates\":\"keep\"", Optional.empty())).isPresent();
  }
}
