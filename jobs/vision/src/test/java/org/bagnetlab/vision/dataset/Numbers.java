package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.image.Pixels;

/** A data set of images 0 to 5, each of its number's grey level. */
public class Numbers implements SceneDataset {

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
    byte[] values = new byte[size * size];
    Arrays.fill(values, Byte.parseByte(image.path()));
    return new Pixels(size, size, 1, values);
  }
}
