package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.image.ImagePreparation;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's data set is there and whole, or the job says what is wrong with it. */
class DatasetOfTests {

  @Test
  void aDamagedDataSetIsTheJobsProblem(@TempDir Path folder) throws Exception {
    Path dataset = Files.createDirectories(folder.resolve("scene15"));
    Files.writeString(dataset.resolve("dataset.json"), "null");
    assertThatThrownBy(() -> DatasetOf.name(folder, "scene15", ImagePreparation.LATEST))
        .isInstanceOfSatisfying(
            InvalidJob.class, refusal -> assertThat(refusal.code()).isEqualTo("dataset-damaged"))
        .hasMessageContaining("dataset remove scene15");
  }

  /** A stored training of before there was a choice, and one of today. */
  @Test
  void imagesArePreparedAsTheTrainingWas(@TempDir Path folder, @TempDir Path source)
      throws Exception {
    for (String path : List.of("Coast/a.png", "Coast/b.png", "Forest/c.png", "Forest/d.png")) {
      Path file = source.resolve(path);
      Files.createDirectories(file.getParent());
      ImageIO.write(noise(), "png", file.toFile());
    }
    DatasetStore store = new DatasetStore(folder);
    var _ = store.importFrom("noise", source, (done, total) -> {});
    String stored =
        """
        {"kind":"train","architecture":"bagnet9","dataset":"noise","imageSize":64,"width":1.0,\
        "recipe":"quick","epochs":1,"batchSize":8,"learningRate":0.001,"seed":1,"heatmapStride":8%s}""";
    byte[] before = pixels(folder, stored.formatted(""));
    byte[] today = pixels(folder, stored.formatted(",\"preparation\":\"pillow\""));
    assertThat(before).isEqualTo(pixels(store, ImagePreparation.FLOATING_POINT));
    assertThat(today).isEqualTo(pixels(store, ImagePreparation.PILLOW)).isNotEqualTo(before);
  }

  private static byte[] pixels(Path folder, String spec) throws IOException {
    return pixels(DatasetOf.training(folder, (TrainSpec) Experiments.read(spec)));
  }

  private static byte[] pixels(DatasetStore store, ImagePreparation preparation)
      throws IOException {
    return pixels(store.find("noise", preparation).orElseThrow());
  }

  private static byte[] pixels(SceneDataset dataset) throws IOException {
    return dataset.read(dataset.images().get(0), 64).values();
  }

  /** So many different levels that rounding shows. */
  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 300 * 200; i++) {
      image.setRGB(i % 300, i / 300, random.nextInt());
    }
    return image;
  }
}
