package org.bagnetlab.vision.dataset.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.imported.ImportedDataset;
import org.bagnetlab.vision.dataset.imported.Manifest;

/**
 * A page of a data set's images, in the order of their paths.
 *
 * @param total number of images that match
 * @param images images of this page
 */
public record ImagePage(int total, List<Listed> images) {

  /**
   * An image in a list.
   *
   * @param path path in the data set
   * @param className name of its class
   * @param part folder of the image: {@code train} or {@code test}
   * @param width of the file in pixels; empty if the image is generated
   * @param height of the file in pixels; empty if the image is generated
   */
  public record Listed(
      String path,
      @JsonProperty("class") String className,
      String part,
      Optional<Integer> width,
      Optional<Integer> height) {}

  /**
   * A page of the images of a class and a folder, or of all images.
   *
   * @param label the class; empty for all classes
   * @param folder the folder; empty for both folders
   */
  public static ImagePage of(
      SceneDataset dataset,
      Optional<Integer> label,
      Optional<SceneImage.Folder> folder,
      int offset,
      int limit) {
    List<Integer> shown = new ArrayList<>();
    int total = 0;
    List<SceneImage> images = dataset.images();
    for (int i = 0; i < images.size(); i++) {
      SceneImage image = images.get(i);
      if (label.map(wanted -> wanted == image.label()).orElse(true)
          && folder.map(wanted -> wanted == image.folder()).orElse(true)) {
        if (total >= offset && shown.size() < limit) {
          shown.add(i);
        }
        total++;
      }
    }
    return new ImagePage(
        total, shown.stream().map(at -> listed(dataset, images.get(at), at)).toList());
  }

  private static Listed listed(SceneDataset dataset, SceneImage image, int at) {
    // The images of an imported data set are in the same order as the entries of its manifest.
    Optional<Manifest.Entry> file =
        dataset instanceof ImportedDataset imported
            ? Optional.of(imported.manifest().images().get(at))
            : Optional.empty();
    return new Listed(
        image.path(),
        dataset.classes().get(image.label()),
        image.folder().text(),
        file.map(Manifest.Entry::width),
        file.map(Manifest.Entry::height));
  }
}
