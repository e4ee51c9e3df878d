package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.worker.run.Outputs;

/**
 * An image as given to the network, and the network's result.
 *
 * @param image the image
 * @param dataset data set of the image
 * @param scrambled whether its tiles were shuffled
 * @param pixels the network's input
 * @param name name of its files, without an extension
 * @param predicted the predicted class
 */
public record Sample(
    SceneImage image,
    SceneDataset dataset,
    boolean scrambled,
    Pixels pixels,
    String name,
    int predicted) {

  /**
   * An image, whole and scrambled.
   *
   * @param number of the image in its job. File names use it because the image's path, which the
   *     facts contain, may have any length and characters
   */
  public static List<Sample> wholeAndScrambled(
      Network network,
      SceneDataset dataset,
      SceneImage image,
      int imageSize,
      Scramble scramble,
      int number)
      throws IOException {
    Pixels whole = dataset.read(image, imageSize);
    Pixels scrambled = scramble.apply(whole, image.path());
    String name = "sample-" + number;
    return List.of(
        new Sample(image, dataset, false, whole, name, predicted(network, whole)),
        new Sample(
            image, dataset, true, scrambled, name + "-scrambled", predicted(network, scrambled)));
  }

  /** The class that a network predicts for an image. */
  static int predicted(Network network, Pixels image) {
    return new Prediction("", 0, network.logits(Normalisation.of(image))[0]).predicted();
  }

  /** Writes the picture of the network's input. */
  public void writeTo(Outputs outputs) throws IOException {
    outputs.picture(
        HeatmapExperiment.PICTURES,
        scrambled ? ArtifactKind.SCRAMBLED_IMAGE : ArtifactKind.IMAGE,
        name + ".png",
        Png.of(pixels),
        facts());
  }

  /** The kind of its heatmaps. */
  public ArtifactKind mapKind() {
    return scrambled ? ArtifactKind.SCRAMBLED_HEATMAP : ArtifactKind.HEATMAP;
  }

  /** The facts of the image and of its maps, by name. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("image", image.path());
    facts.put("class", dataset.classes().get(image.label()));
    facts.put("predicted", dataset.classes().get(predicted));
    facts.put(ArtifactFacts.DATASET_CHECKSUM, dataset.checksum());
    return facts;
  }
}
