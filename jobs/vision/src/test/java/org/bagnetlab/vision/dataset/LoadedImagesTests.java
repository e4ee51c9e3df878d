package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoadedImagesTests {

  private static final int SIZE = 2;

  private static List<LoadedImages> parts(SceneDataset numbers) {
    List<SceneImage> images = numbers.images();
    return LoadedImages.of(numbers, List.of(images.subList(0, 4), images.subList(4, 6)), SIZE);
  }

  @Test
  void aBatchHasTheImagesThatWereAskedFor() {
    LoadedImages last = parts(new Numbers()).get(1);
    Batch batch = last.batch(1, 0);
    assertThat(last.count()).isEqualTo(2);
    assertThat(last.image(1).path()).isEqualTo("5");
    assertThat(last.labels(1, 0)).containsExactly(1, 0);
    // The red channel's normalisation.
    assertThat(batch.values()[0]).isEqualTo((5 / 255f - 0.485f) / 0.229f);
    assertThat(batch.values()[3 * SIZE * SIZE]).isEqualTo((4 / 255f - 0.485f) / 0.229f);
  }

  @Test
  void theFirstBatchWaitsForItsOwnImagesOnly() {
    CountDownLatch asked = new CountDownLatch(1);
    Numbers slow =
        new Numbers() {
          @Override
          public Pixels read(SceneImage image, int size) throws IOException {
            if (image.path().equals("0")) {
              awaited(asked);
            }
            return super.read(image, size);
          }
        };
    assertThat(parts(slow).get(0).batch(2, 3).images()).isEqualTo(2);
    asked.countDown();
  }

  private static void awaited(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void anImageThatCannotBeReadFailsTheWorkOnOtherParts() {
    Numbers damaged =
        new Numbers() {
          @Override
          public Pixels read(SceneImage image, int size) throws IOException {
            if (image.path().equals("5")) {
              throw new IOException("Image 5 cannot be read.");
            }
            return super.read(image, size);
          }
        };
    LoadedImages training = parts(damaged).get(0);
    assertThatThrownBy(
            () -> {
              while (true) {
                training.batch(0);
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("Image 5 cannot be read.");
  }

  @Test
  void imagesThatMemoryHasNoRoomForAreSaidToBeSo() {
    Numbers large =
        new Numbers() {
          @Override
          public Pixels read(SceneImage image, int size) throws IOException {
            if (image.path().equals("5")) {
              throw new OutOfMemoryError("heap");
            }
            return super.read(image, size);
          }
        };
    LoadedImages training = parts(large).get(0);
    assertThatThrownBy(
            () -> {
              while (true) {
                training.batch(0);
              }
            })
        .isInstanceOf(OutOfMemoryError.class);
  }
}
