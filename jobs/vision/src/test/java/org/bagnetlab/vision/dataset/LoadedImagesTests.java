package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoadedImagesTests {

  private static final int SIZE = 2;

  /** Gray images of the level of their number, whose reading a test can hold up or let fail. */
  private static class Numbers implements SceneDataset {

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public List<String> classes() {
      return List.of("even", "odd");
    }

    @Override
    public List<SceneImage> images() {
      return IntStream.range(0, 6)
          .mapToObj(i -> new SceneImage(String.valueOf(i), i % 2, SceneImage.Folder.TRAIN))
          .toList();
    }

    @Override
    public String checksum() {
      return "";
    }

    @Override
    public Pixels read(SceneImage image, int size) throws IOException {
      byte level = Byte.parseByte(image.path());
      return new Pixels(size, size, 1, new byte[] {level, level, level, level});
    }

    final List<LoadedImages> parts() {
      return LoadedImages.of(this, List.of(images().subList(0, 4), images().subList(4, 6)), SIZE);
    }
  }

  @Test
  void aBatchHasTheImagesThatWereAskedFor() {
    LoadedImages last = new Numbers().parts().get(1);
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
    assertThat(slow.parts().get(0).batch(2, 3).images()).isEqualTo(2);
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
    LoadedImages training = damaged.parts().get(0);
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
    LoadedImages training = large.parts().get(0);
    assertThatThrownBy(
            () -> {
              while (true) {
                training.batch(0);
              }
            })
        .isInstanceOf(OutOfMemoryError.class);
  }
}
