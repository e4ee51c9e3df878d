package org.bagnetlab.worker.faithfulness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.vision.masking.TileCounts;
import org.bagnetlab.worker.masking.RankedImage;
import org.bagnetlab.worker.masking.RankedImages;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Removes and inserts tiles in the order given by each saliency map. */
public final class FaithfulnessRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec, FaithfulnessExperiment.MOST_IMAGES);
    NetworkSpec fitting = FaithfulnessExperiment.fitting(spec, subject.shape().imageSize());
    int across = subject.shape().imageSize() / fitting.get(MaskedImages.TILE);
    RankedImages ranked = new RankedImages(run, subject, images, fitting);
    Curves curves =
        new Curves(
            ranked.methods(),
            TileCounts.of(across * across, fitting.get(FaithfulnessExperiment.STEPS)));
    ranked.forEach(curves::add);
    curves.write(subject.outputs(run, spec), images.count());
  }

  /** Sums of probabilities over images, by method and step. */
  private record Curves(
      List<SaliencyMethod> methods, TileCounts steps, double[][] deletion, double[][] insertion) {

    Curves(List<SaliencyMethod> methods, TileCounts steps) {
      this(
          methods,
          steps,
          new double[methods.size()][steps.counts().length],
          new double[methods.size()][steps.counts().length]);
    }

    private int last() {
      return steps.counts().length - 1;
    }

    /**
     * Adds an image. Each curve begins with the whole image and ends with an empty one, or the
     * reverse.
     */
    void add(RankedImage image) {
      List<List<Square>> copies = new ArrayList<>();
      copies.add(image.tiles(methods.get(0)).tiles());
      for (SaliencyMethod method : methods) {
        RankedTiles tiles = image.tiles(method);
        for (int step = 1; step < last(); step++) {
          copies.add(tiles.first(steps.counts()[step]));
          copies.add(tiles.without(steps.counts()[step]));
        }
      }
      List<Prediction> results = image.masked(copies);
      double whole = image.probability(image.clean());
      double empty = image.probability(results.get(0));
      int next = 1;
      for (int i = 0; i < methods.size(); i++) {
        deletion[i][0] += whole;
        insertion[i][0] += empty;
        for (int step = 1; step < last(); step++) {
          deletion[i][step] += image.probability(results.get(next++));
          insertion[i][step] += image.probability(results.get(next++));
        }
        deletion[i][last()] += empty;
        insertion[i][last()] += whole;
      }
    }

    void write(ImageOutputs outputs, int images) {
      Writer writer = new Writer(outputs, steps, images);
      for (int i = 0; i < methods.size(); i++) {
        writer.write(
            FaithfulnessExperiment.DELETION,
            FaithfulnessExperiment.AREA_OF_DELETION,
            FaithfulnessExperiment.REMOVED,
            methods.get(i),
            deletion[i]);
        writer.write(
            FaithfulnessExperiment.INSERTION,
            FaithfulnessExperiment.AREA_OF_INSERTION,
            FaithfulnessExperiment.INSERTED,
            methods.get(i),
            insertion[i]);
      }
    }
  }

  private record Writer(ImageOutputs outputs, TileCounts steps, int images) {

    void write(Output curve, Output area, Axis along, SaliencyMethod method, double[] sums) {
      for (int step = 0; step < sums.length; step++) {
        outputs.value(
            curve,
            Map.of(along, steps.share(step), SaliencyMethod.AXIS, method.text()),
            sums[step] / images,
            images);
      }
      outputs.value(
          area, Map.of(SaliencyMethod.AXIS, method.text()), steps.area(sums) / images, images);
    }
  }
}
