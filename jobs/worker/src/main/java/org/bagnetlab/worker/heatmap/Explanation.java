package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.Pixels;
import org.bagnetlab.vision.dataset.Png;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.worker.run.NetworkShape;
import org.bagnetlab.worker.run.Run;

/**
 * Pictures of test images, whole and scrambled, with the heatmaps of a BagNet. Where a person waits
 * for a heatmap, a coarse one comes first, and the wanted one takes its place.
 */
public final class Explanation {

  /** Images that every training explains: the first test image of each of these many classes. */
  private static final int SAMPLES = 4;

  private final Run run;
  private final int imageSize;
  private final Scramble scramble;
  private final int stride;
  private final HeatmapMode mode;

  /**
   * The network's output stride; empty without a local receptive field, and so without heatmaps.
   */
  private final OptionalInt outputStride;

  private int total;
  private int done;
  private int written;

  /**
   * Pictures of a network's images.
   *
   * @param shape the network's
   * @param scramble of the images
   * @param stride distance in pixels between the patches of the heatmaps
   */
  public Explanation(Run run, NetworkShape shape, Scramble scramble, int stride, HeatmapMode mode) {
    this.run = run;
    this.imageSize = shape.imageSize();
    this.scramble = scramble;
    this.stride = stride;
    this.mode = mode;
    this.outputStride = shape.outputStride();
  }

  /** Spread over the classes, and the same for every network on this split. */
  public static List<SceneImage> samples(Split split) {
    List<SceneImage> samples = new ArrayList<>();
    int classes = split.test().stream().mapToInt(SceneImage::label).max().orElse(0) + 1;
    int count = Math.min(SAMPLES, classes);
    for (int i = 0; i < count; i++) {
      int label = i * classes / count;
      split.test().stream()
          .filter(image -> image.label() == label)
          .min((a, b) -> a.path().compareTo(b.path()))
          .ifPresent(samples::add);
    }
    return samples;
  }

  /** Parts of the work for one heatmap. */
  private int parts(int stride) {
    return outputStride.isPresent() ? Heatmap.parts(outputStride.getAsInt(), stride) : 0;
  }

  /** Writes the pictures of images, whole and scrambled, each with its class's evidence. */
  public void explain(Network network, SceneDataset dataset, List<SceneImage> images)
      throws IOException {
    total = 2 * images.size() * parts(stride);
    for (SceneImage image : images) {
      for (Sample sample : originalAndScrambled(network, dataset, image)) {
        draw(network, dataset, sample, image.label(), stride, Optional.empty());
      }
    }
  }

  /**
   * Writes the pictures of one image, whole and scrambled: first with coarse heatmaps, which take a
   * fraction of the time, then with those of the stride in their place.
   *
   * @param label the class whose logits are drawn
   * @param cost of the wanted heatmaps, in forward passes
   */
  void explainCoarseToFine(
      Network network, SceneDataset dataset, SceneImage image, int label, double cost)
      throws IOException {
    int coarse = outputStride.orElse(stride);
    boolean refined = coarse > stride;
    List<Sample> samples = originalAndScrambled(network, dataset, image);
    total = 2 * (parts(stride) + (refined ? parts(coarse) : 0));
    if (refined) {
      for (Sample sample : samples) {
        draw(network, dataset, sample, label, coarse, Optional.empty());
      }
    }
    // From here on: a coarse map's only part takes longer than a part of a fine one.
    run.progress().start(cost);
    for (Sample sample : samples) {
      Optional<String> coarser =
          refined ? Optional.of(sample.heatmapName(coarse)) : Optional.empty();
      draw(network, dataset, sample, label, stride, coarser);
    }
  }

  /** An image as the network gets it, and the network's result. */
  private record Sample(
      SceneImage image, boolean scrambled, Pixels pixels, String name, int predicted) {

    String heatmapName(int stride) {
      return "%s-heatmap-%d".formatted(name, stride);
    }
  }

  /** Writes an image, whole and scrambled. */
  private List<Sample> originalAndScrambled(Network network, SceneDataset dataset, SceneImage image)
      throws IOException {
    Pixels whole = dataset.read(image, imageSize);
    Pixels scrambled = scramble.apply(whole, image.path());
    // Numbered: a path may have any length and characters; it is among the facts.
    String name = "sample-" + ++written;
    List<Sample> samples =
        List.of(
            new Sample(image, false, whole, name, predicted(network, whole)),
            new Sample(image, true, scrambled, name + "-scrambled", predicted(network, scrambled)));
    for (Sample sample : samples) {
      run.outputs()
          .picture(
              HeatmapExperiment.PICTURES,
              sample.scrambled() ? ArtifactKind.SCRAMBLED_IMAGE : ArtifactKind.IMAGE,
              sample.name() + ".png",
              Png.of(sample.pixels()),
              facts(dataset, sample));
    }
    return samples;
  }

  private static Map<String, String> facts(SceneDataset dataset, Sample sample) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("image", sample.image().path());
    facts.put("class", dataset.classes().get(sample.image().label()));
    facts.put("predicted", dataset.classes().get(sample.predicted()));
    return facts;
  }

  /** The class that the network sees in an image. */
  int predicted(Network network, Pixels image) {
    return new Prediction("", 0, network.logits(Normalisation.of(image))[0]).predicted();
  }

  /** Writes a heatmap of a sample, in the place of a coarser one that it may have. */
  private void draw(
      Network network,
      SceneDataset dataset,
      Sample sample,
      int label,
      int stride,
      Optional<String> coarser)
      throws IOException {
    run.cancellation().check();
    if (outputStride.isEmpty()) {
      return;
    }
    int before = done;
    HeatmapDrawing drawing =
        HeatmapDrawing.of(
            network,
            sample.pixels(),
            label,
            stride,
            mode,
            parts -> {
              run.cancellation().check();
              int more = before + parts - done;
              done = before + parts;
              run.progress().advance(Phase.EXPLAINING, 0, 0, done, total, more, 1);
            });
    Map<String, String> facts = facts(dataset, sample);
    facts.put("label", dataset.classes().get(label));
    facts.put("stride", String.valueOf(stride));
    facts.put("minimum", String.valueOf(drawing.map().minimum()));
    facts.put("maximum", String.valueOf(drawing.map().maximum()));
    drawing.limit().ifPresent(limit -> facts.put("limit", String.valueOf((float) limit)));
    if (mode == HeatmapMode.REPORT) {
      facts.put("mode", "report");
    }
    run.outputs()
        .map(
            HeatmapExperiment.HEATMAP,
            sample.scrambled() ? ArtifactKind.SCRAMBLED_HEATMAP : ArtifactKind.HEATMAP,
            sample.heatmapName(stride),
            drawing.map(),
            drawing.png(),
            facts,
            coarser);
  }
}
