package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.worker.run.NetworkShape;
import org.bagnetlab.worker.run.Run;

/**
 * Draws test images, whole and scrambled, with the heatmaps of a BagNet. If a user waits for a
 * heatmap, a coarse one is written first and then replaced by the requested one.
 */
public final class Explanation {

  /**
   * Number of images that every training explains: the first test image of each of this many
   * classes.
   */
  private static final int SAMPLES = 4;

  private final Run run;
  private final int imageSize;
  private final Scramble scramble;
  private final int stride;
  private final HeatmapMode mode;
  private final ColourScale scale;

  /**
   * The network's output stride; empty if the network has no local receptive field and therefore no
   * heatmaps.
   */
  private final OptionalInt outputStride;

  /** The cost of a part of a heatmap, in forward passes over an image. */
  private final double costOfPart;

  private int total;
  private int done;
  private int written;

  /**
   * Prepares pictures of a network's images.
   *
   * @param shape shape of the network
   * @param scramble how the images are scrambled
   * @param stride distance in pixels between the patches of the heatmaps
   * @param mode how the heatmaps are made
   * @param scale the values at which their colours end
   */
  public Explanation(
      Run run,
      NetworkShape shape,
      Scramble scramble,
      int stride,
      HeatmapMode mode,
      ColourScale scale) {
    this.run = run;
    this.imageSize = shape.imageSize();
    this.scramble = scramble;
    this.stride = stride;
    this.mode = mode;
    this.scale = scale;
    this.outputStride = shape.outputStride();
    this.costOfPart = shape.workload(0).paddedPass();
  }

  /** Images spread over the classes, the same for every network on this split. */
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

  /** The number of parts of one heatmap. */
  private int parts(int stride) {
    return outputStride.isPresent() ? Heatmap.parts(outputStride.getAsInt(), stride) : 0;
  }

  /** Writes pictures of images, whole and scrambled, each with the evidence for its class. */
  public void explain(Network network, SceneDataset dataset, List<SceneImage> images)
      throws IOException {
    total = 2 * images.size() * parts(stride);
    for (SceneImage image : images) {
      List<Sample> samples = wholeAndScrambled(network, dataset, image);
      draw(network, samples, List.of(image.label()), stride, OptionalInt.empty());
    }
  }

  /**
   * Writes pictures of one image, whole and scrambled: first with coarse heatmaps, which take a
   * fraction of the time, then with heatmaps of the requested stride, which replace the coarse
   * ones.
   *
   * @param labels the classes whose logits are drawn
   * @param cost cost of the requested heatmaps, in forward passes
   */
  void explainCoarseToFine(
      Network network, SceneDataset dataset, SceneImage image, List<Integer> labels, double cost)
      throws IOException {
    int coarse = outputStride.orElse(stride);
    boolean refined = coarse > stride;
    List<Sample> samples = wholeAndScrambled(network, dataset, image);
    total = 2 * (parts(stride) + (refined ? parts(coarse) : 0));
    if (refined) {
      draw(network, samples, labels, coarse, OptionalInt.empty());
    }
    // Start measuring only now: a coarse map has a single part, which takes longer than a part of a
    // fine map.
    run.progress().start(cost);
    draw(network, samples, labels, stride, refined ? OptionalInt.of(coarse) : OptionalInt.empty());
  }

  /** Writes an image, whole and scrambled. */
  private List<Sample> wholeAndScrambled(Network network, SceneDataset dataset, SceneImage image)
      throws IOException {
    List<Sample> samples =
        Sample.wholeAndScrambled(network, dataset, image, imageSize, scramble, ++written);
    for (Sample sample : samples) {
      sample.writeTo(run.outputs());
    }
    return samples;
  }

  /**
   * Writes the heatmaps of samples.
   *
   * @param labels the classes, each with one heatmap
   * @param coarser the stride of the heatmaps that they replace, if any
   */
  private void draw(
      Network network, List<Sample> samples, List<Integer> labels, int stride, OptionalInt coarser)
      throws IOException {
    if (outputStride.isEmpty()) {
      return;
    }
    switch (scale) {
      case OWN -> {
        for (Sample sample : samples) {
          write(sample, labels, drawings(network, sample, labels, stride), coarser);
        }
      }
      case COMMON -> {
        List<List<HeatmapDrawing>> drawings = new ArrayList<>();
        for (Sample sample : samples) {
          drawings.add(drawings(network, sample, labels, stride));
        }
        double limit =
            drawings.stream()
                .flatMap(List::stream)
                .mapToDouble(drawing -> drawing.map().largestMagnitude())
                .max()
                .orElseThrow();
        for (int i = 0; i < samples.size(); i++) {
          List<HeatmapDrawing> common =
              drawings.get(i).stream().map(drawing -> drawing.upTo(limit)).toList();
          write(samples.get(i), labels, common, coarser);
        }
      }
    }
  }

  private List<HeatmapDrawing> drawings(
      Network network, Sample sample, List<Integer> labels, int stride) {
    run.cancellation().check();
    int before = done;
    return HeatmapDrawing.of(
        network,
        sample.pixels(),
        labels,
        stride,
        mode,
        parts -> {
          run.cancellation().check();
          int more = before + parts - done;
          done = before + parts;
          run.progress().advance(Phase.EXPLAINING, 0, 0, done, total, more, costOfPart);
        });
  }

  private void write(
      Sample sample, List<Integer> labels, List<HeatmapDrawing> drawings, OptionalInt coarser)
      throws IOException {
    for (int i = 0; i < labels.size(); i++) {
      HeatmapDrawing drawing = drawings.get(i);
      Heatmap map = drawing.map();
      // Use the number of the class, because its name may have any length and characters.
      String end = labels.size() > 1 ? "-class-" + (labels.get(i) + 1) : "";
      Map<String, String> facts = sample.facts();
      facts.put("label", sample.dataset().classes().get(labels.get(i)));
      facts.put("stride", String.valueOf(map.stride()));
      facts.put("minimum", String.valueOf(map.minimum()));
      facts.put("maximum", String.valueOf(map.maximum()));
      drawing.limit().ifPresent(limit -> facts.put("limit", String.valueOf((float) limit)));
      if (scale == ColourScale.COMMON) {
        facts.put("scale", scale.text());
      }
      if (mode == HeatmapMode.REPORT) {
        facts.put("mode", "report");
      }
      run.outputs()
          .map(
              HeatmapExperiment.HEATMAP,
              sample.mapKind(),
              name(sample, map.stride()) + end,
              map,
              drawing.png(),
              facts,
              coarser.isPresent()
                  ? Optional.of(name(sample, coarser.getAsInt()) + end)
                  : Optional.empty());
    }
  }

  private static String name(Sample sample, int stride) {
    return "%s-heatmap-%d".formatted(sample.name(), stride);
  }
}
