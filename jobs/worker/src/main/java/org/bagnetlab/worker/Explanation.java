package org.bagnetlab.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Description;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.Pixels;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;

/** Pictures of test images, whole and scrambled, with the heatmaps of a BagNet. */
final class Explanation {

  /** Images that every training explains: the first test image of each of these many classes. */
  private static final int SAMPLES = 4;

  private final Run run;
  private final Progress progress;
  private final JobSpec.Train spec;
  private final int shifts;
  private int written;

  Explanation(Run run, Progress progress, Blueprint blueprint, JobSpec.Train spec) {
    this(run, progress, blueprint, spec, spec.heatmapStride());
  }

  private final int stride;

  Explanation(Run run, Progress progress, Blueprint blueprint, JobSpec.Train spec, int stride) {
    this.run = run;
    this.progress = progress;
    this.spec = spec;
    this.stride = stride;
    this.shifts =
        blueprint.bagOfLocalFeatures()
            ? Heatmap.parts(
                Description.of(blueprint.build(2, spec.width(), spec.imageSize())).outputStride(),
                stride)
            : 0;
  }

  /** The scrambling of a run. */
  static Scramble scramble(long seed) {
    return new Scramble(JobSpec.SCRAMBLE_TILES_A_SIDE, seed);
  }

  /** Spread over the classes, and the same for every network on this split. */
  static List<SceneImage> samples(Split split) {
    List<SceneImage> samples = new ArrayList<>();
    int classes = split.test().stream().mapToInt(SceneImage::label).max().orElse(0) + 1;
    for (int i = 0; i < Math.min(SAMPLES, classes); i++) {
      int label = i * classes / SAMPLES;
      split.test().stream()
          .filter(image -> image.label() == label)
          .min((a, b) -> a.path().compareTo(b.path()))
          .ifPresent(samples::add);
    }
    return samples;
  }

  /** Forward passes that so many images take, each whole and scrambled. */
  double cost(int images) {
    return 2.0 * images * shifts;
  }

  /**
   * Writes the pictures of one image, whole and scrambled.
   *
   * @param label the class whose logits are drawn
   */
  void explain(Network network, SceneDataset dataset, SceneImage image, int label)
      throws IOException {
    Pixels whole = dataset.read(image, spec.imageSize());
    // Numbered: a path may have any length and characters; it is among the facts.
    String name = "sample-" + ++written;
    draw(network, dataset, image, whole, label, name, false);
    Pixels scrambled = scramble(spec.seed()).apply(whole, image.path());
    draw(network, dataset, image, scrambled, label, name + "-scrambled", true);
  }

  /** The class that the network sees in an image. */
  int predicted(Network network, Pixels image) {
    return new Prediction("", 0, network.logits(Normalisation.of(image))[0]).predicted();
  }

  private void draw(
      Network network,
      SceneDataset dataset,
      SceneImage image,
      Pixels pixels,
      int label,
      String name,
      boolean scrambled)
      throws IOException {
    run.cancellation().check();
    int predicted = predicted(network, pixels);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("image", image.path());
    facts.put("class", dataset.classes().get(image.label()));
    facts.put("predicted", dataset.classes().get(predicted));
    run.artifacts()
        .write(
            scrambled ? ArtifactKind.SCRAMBLED_IMAGE : ArtifactKind.IMAGE,
            name + ".png",
            "image/png",
            Picture.of(pixels),
            facts);
    if (shifts == 0) {
      return;
    }
    int[] before = {0};
    Heatmap heatmap =
        Heatmap.of(
            network,
            Normalisation.of(pixels),
            label,
            stride,
            done -> {
              run.cancellation().check();
              progress.advance(Phase.EXPLAINING, 0, 0, done, shifts, done - before[0], 1);
              before[0] = done;
            });
    double limit = Picture.limit(heatmap);
    facts.put("label", dataset.classes().get(label));
    facts.put("stride", String.valueOf(stride));
    facts.put("minimum", String.valueOf(heatmap.minimum()));
    facts.put("maximum", String.valueOf(heatmap.maximum()));
    facts.put("limit", String.valueOf((float) limit));
    run.artifacts()
        .write(
            scrambled ? ArtifactKind.SCRAMBLED_HEATMAP : ArtifactKind.HEATMAP,
            name + "-heatmap.png",
            "image/png",
            Picture.of(heatmap, limit),
            facts);
  }
}
