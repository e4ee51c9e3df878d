package org.bagnetlab.vision.dataset.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.SceneImage.Folder;
import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for the same image, compared with all pairs computed one by one. */
@Timeout(60)
class DuplicateSearchTests {

  private final Random random = new Random(5);

  /** Smooth, so that neighbouring pixels are alike, as in photographs. */
  private Pixels scene(int channels) {
    byte[] values = new byte[48 * 40 * channels];
    double[] waves = random.doubles(4L * channels, 1, 6).toArray();
    for (int i = 0; i < values.length; i++) {
      int channel = i % channels;
      int pixel = i / channels;
      int row = pixel / 48;
      double x = pixel % 48 / 8.0;
      double y = row / 8.0;
      values[i] =
          (byte)
              (128
                  + 60 * Math.sin(waves[4 * channel] * x + waves[4 * channel + 1])
                  + 60 * Math.cos(waves[4 * channel + 2] * y + waves[4 * channel + 3]));
    }
    return new Pixels(48, 40, channels, values);
  }

  /** With noise on every value, which leaves a correlation about the threshold. */
  private Pixels noisy(Pixels image, double deviation) {
    byte[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      long level = Math.round((values[i] & 0xFF) + deviation * random.nextGaussian());
      values[i] = (byte) Math.max(0, Math.min(255, level));
    }
    return new Pixels(image.width(), image.height(), image.channels(), values);
  }

  private List<Pixels> images() {
    List<Pixels> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pixels scene = scene(i % 2 == 0 ? 1 : 3);
      images.add(scene);
      for (int copy = 0; copy < 4; copy++) {
        images.add(noisy(scene, 4 + 4 * copy));
      }
    }
    return images;
  }

  private static DuplicatePairs found(List<Pixels> images, List<Integer> order) {
    DuplicateSearch search = new DuplicateSearch();
    for (int i : order) {
      search.add(path(i), i % 3 == 0 ? Folder.TEST : Folder.TRAIN, "" + i, images.get(i));
    }
    return search.found();
  }

  private static String path(int i) {
    return "%03d".formatted(i);
  }

  /** The definition, in double precision. */
  private static double correlation(Pixels a, Pixels b) {
    double[] one = levels(a);
    double[] other = levels(b);
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
    }
    return product;
  }

  /** Less their mean, of length 1. */
  private static double[] levels(Pixels image) {
    Pixels small = BilinearResize.toSquare(image, 32);
    double[] levels = new double[32 * 32];
    for (int i = 0; i < levels.length; i++) {
      levels[i] =
          Math.round(
              (299 * small.at(i / 32, i % 32, 0)
                      + 587 * small.at(i / 32, i % 32, 1)
                      + 114 * small.at(i / 32, i % 32, 2))
                  / 1000.0);
    }
    double mean = Arrays.stream(levels).average().orElse(0);
    double length =
        Math.sqrt(Arrays.stream(levels).map(level -> (level - mean) * (level - mean)).sum());
    return Arrays.stream(levels).map(level -> (level - mean) / length).toArray();
  }

  /** No pair is missed by the shorter comparison, and each that is found is one. */
  @Test
  void connectsExactlyTheImagesThatCorrelate() {
    List<Pixels> images = images();
    List<Integer> order = new ArrayList<>();
    Map<Integer, Integer> group = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      order.add(i);
      group.put(i, i);
    }
    int correlated = 0;
    for (int i = 0; i < images.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (correlation(images.get(i), images.get(j)) >= DuplicateSearch.THRESHOLD) {
          correlated++;
          int from = group.getOrDefault(i, i);
          int to = group.getOrDefault(j, j);
          group.replaceAll((image, its) -> its == from ? to : its);
        }
      }
    }
    long groups = group.values().stream().distinct().count();
    DuplicatePairs found = found(images, order);
    assertThat(correlated).isGreaterThan(found.pairs().size());
    assertThat(found.pairs()).hasSize((int) (images.size() - groups)).hasSizeGreaterThan(20);
    assertThat(found.pairs())
        .allSatisfy(
            pair -> {
              int first = Integer.parseInt(pair.first());
              int second = Integer.parseInt(pair.second());
              assertThat(first).isLessThan(second);
              assertThat(pair.identical()).isFalse();
              assertThat(pair.crossSplit()).isEqualTo(first % 3 == 0 ^ second % 3 == 0);
              assertThat(pair.correlation())
                  .isGreaterThanOrEqualTo(DuplicateSearch.THRESHOLD)
                  .isCloseTo(correlation(images.get(first), images.get(second)), within(1e-9));
            });
    Collections.shuffle(order, random);
    assertThat(found(images, order)).isEqualTo(found);
  }

  /** An image of one level correlates with nothing, but its file may be copied. */
  @Test
  void imagesOfOneColourAreTheSameOnlyIfTheirFilesAre() {
    DuplicateSearch search = new DuplicateSearch();
    for (int i = 0; i < 4; i++) {
      byte[] values = new byte[9];
      Arrays.fill(values, (byte) (10 * (i / 2)));
      search.add("Coast/" + i, Folder.TRAIN, "file " + i / 2, new Pixels(3, 3, 1, values));
    }
    assertThat(search.found().pairs())
        .containsExactly(
            new DuplicatePair("Coast/0", "Coast/1", true, 1, false),
            new DuplicatePair("Coast/2", "Coast/3", true, 1, false));
  }

  /** All pairs would be as many as the copies, squared. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void copiesOfAnImageAreFewerPairsThanImages(boolean identical) {
    Pixels scene = scene(3);
    DuplicateSearch search = new DuplicateSearch();
    for (int i = 0; i < 300; i++) {
      search.add(path(i), Folder.TRAIN, identical ? "same" : "" + i, scene);
    }
    List<DuplicatePair> pairs = search.found().pairs();
    assertThat(pairs)
        .hasSize(299)
        .allSatisfy(pair -> assertThat(pair.identical()).isEqualTo(identical));
    List<SceneImage> first = List.of(new SceneImage(path(0), 0, Folder.TRAIN));
    List<SceneImage> last = List.of(new SceneImage(path(299), 0, Folder.TRAIN));
    assertThat(search.found().repeated(last, first)).isEqualTo(last);
  }
}
