package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bagnetlab.vision.dataset.image.Pixels;

/** The images of a data set, with labels in the class order of a network's outputs. */
public final class RelabelledDataset implements SceneDataset {

  private final SceneDataset dataset;
  private final List<String> classes;
  private final List<SceneImage> images;

  private RelabelledDataset(SceneDataset dataset, List<String> classes) {
    this.dataset = dataset;
    this.classes = List.copyOf(classes);
    this.images =
        dataset.images().stream()
            .map(
                image ->
                    new SceneImage(
                        image.path(),
                        classes.indexOf(dataset.classes().get(image.label())),
                        image.folder()))
            .toList();
  }

  /**
   * Relabels a data set by the names of its classes.
   *
   * @param classes classes of the network, in the order of its outputs
   * @throws IllegalArgumentException if they are not the classes of the data set
   */
  public static SceneDataset of(SceneDataset dataset, List<String> classes) {
    if (classes.equals(dataset.classes())) {
      return dataset;
    }
    if (classes.size() != dataset.classes().size()
        || !Set.copyOf(classes).equals(Set.copyOf(dataset.classes()))) {
      throw new IllegalArgumentException(
          "the classes %s are not those of %s".formatted(classes, dataset.name()));
    }
    return new RelabelledDataset(dataset, classes);
  }

  @Override
  public String name() {
    return dataset.name();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<SceneImage> images() {
    return images;
  }

  @Override
  public String checksum() {
    return dataset.checksum();
  }

  @Override
  public String preparation() {
    return dataset.preparation();
  }

  @Override
  public Pixels read(SceneImage image, int size) throws IOException {
    return dataset.read(image, size);
  }
}
