package org.bagnetlab.vision.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.image.Pixels;

/** A data set of names, whose images are black. */
public record ListedDataset(List<String> classes, List<SceneImage> images) implements SceneDataset {

  /**
   * With so many images of each class in each folder.
   *
   * @param test images of a class in the test folder; 0: there is none
   */
  public static ListedDataset of(int classes, int train, int test) {
    List<String> names = IntStream.range(0, classes).mapToObj("class-%02d"::formatted).toList();
    List<SceneImage> images = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (int i = 0; i < train + test; i++) {
        SceneImage.Folder folder = i < train ? SceneImage.Folder.TRAIN : SceneImage.Folder.TEST;
        images.add(
            new SceneImage("%s/%s/%04d".formatted(folder, names.get(label), i), label, folder));
      }
    }
    return new ListedDataset(names, List.copyOf(images));
  }

  @Override
  public String name() {
    return "listed";
  }

  @Override
  public String checksum() {
    return "";
  }

  @Override
  public Pixels read(SceneImage image, int size) {
    return new Pixels(size, size, 1, new byte[size * size]);
  }
}
