package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.worker.engine.LocalEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training is tested without images that it learnt, if it asks for that. */
@Timeout(120)
class LeftOutDuplicatesTests {

  @TempDir private Path folder = Path.of("");
  @TempDir private Path source = Path.of("");

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

  private Split split(String settings) throws IOException {
    TrainSpec spec =
        (TrainSpec)
            Experiments.read(
                """
                {"kind":"train","architecture":"bagnet9","dataset":"copies","imageSize":64,"width":1.0,\
                "recipe":"quick","epochs":1,"batchSize":8,"learningRate":0.001,"seed":1,\
                "heatmapStride":8,"precision":"fp32","preparation":"pillow","sparsity":0.0%s}"""
                    .formatted(settings));
    Assignment assignment =
        new Assignment(
            1,
            Experiments.canonical(spec),
            folder.toString(),
            folder.toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            60,
            Optional.empty());
    Run run =
        Run.of(
            assignment,
            new TrainExperiment(),
            LocalEngine.start(),
            new WrittenEvents(event -> {}).writer(),
            new Cancellation());
    SceneDataset dataset = run.dataset(spec);
    return run.split(dataset, spec);
  }

  /** Ten test images of a class, of which so many are copies of all its training images. */
  private void importCopies(int copies) throws Exception {
    for (int label = 0; label < 2; label++) {
      String name = label == 0 ? "Coast" : "Forest";
      for (int i = 0; i < 10; i++) {
        write("train/%s/%d.png".formatted(name, i), 100 * label + i);
        write("test/%s/%d.png".formatted(name, i), 100 * label + (i < copies ? i : 50 + i));
      }
    }
    var _ = new DatasetStore(folder).importFrom("copies", source, (done, total) -> {});
  }

  @Test
  void testImagesThatAreLearntAreLeftOut() throws Exception {
    importCopies(4);
    Split whole = split(",\"duplicates\":\"keep\"");
    Split without = split(",\"duplicates\":\"leave-out\"");
    assertThat(whole.test()).hasSize(20);
    assertThat(without.train()).isEqualTo(whole.train());
    assertThat(without.validation()).isEqualTo(whole.validation());
    assertThat(without.test()).hasSize(12);
    assertThat(without.test())
        .extracting(SceneImage::path)
        .noneMatch(path -> path.matches("test/\\w+/[0-3]\\.png"));
  }

  /** Also duplicates of images that are not learnt are left out. */
  @Test
  void howManyImagesAreLearntChangesNeitherValidationNorTest() throws Exception {
    importCopies(4);
    Split all = split(",\"duplicates\":\"leave-out\"");
    Split few = split(",\"duplicates\":\"leave-out\",\"trainImages\":2");
    assertThat(few.train()).hasSize(4).isSubsetOf(all.train());
    assertThat(few.validation()).isEqualTo(all.validation());
    assertThat(few.test()).isEqualTo(all.test());
  }

  @Test
  void aClassWithoutOtherTestImagesIsTheJobsProblem() throws Exception {
    importCopies(10);
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> split(",\"duplicates\":\"leave-out\""))
        .withMessage("Without duplicates, class Coast of copies has no test images.");
  }
}
