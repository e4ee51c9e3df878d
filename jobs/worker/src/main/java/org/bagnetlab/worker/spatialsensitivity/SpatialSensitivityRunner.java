package org.bagnetlab.worker.spatialsensitivity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.spatialsensitivity.SpatialSensitivityExperiment;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.worker.masking.RankedImage;
import org.bagnetlab.worker.masking.RankedImages;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network while the most important tiles of each image are masked. */
public final class SpatialSensitivityRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec, SpatialSensitivityExperiment.MOST_IMAGES);
    NetworkSpec fitting = SpatialSensitivityExperiment.fitting(spec, subject.shape().imageSize());
    RankedImages ranked = new RankedImages(run, subject, images, fitting);
    Sums sums =
        new Sums(ranked.methods(), fitting.get(SpatialSensitivityExperiment.MASKED).values());
    ranked.forEach(sums::add);
    sums.write(subject.outputs(run, spec), images.count());
  }

  /** Sums over images, by method and number of masked tiles. */
  private record Sums(
      List<SaliencyMethod> methods, List<Integer> masked, double[][] probability, int[][] correct) {

    Sums(List<SaliencyMethod> methods, List<Integer> masked) {
      this(
          methods,
          masked,
          new double[methods.size()][masked.size()],
          new int[methods.size()][masked.size()]);
    }

    void add(RankedImage image) {
      List<List<Square>> copies = new ArrayList<>();
      for (SaliencyMethod method : methods) {
        for (int count : masked) {
          if (count > 0) {
            copies.add(image.tiles(method).first(count));
          }
        }
      }
      List<Prediction> results = image.masked(copies);
      int next = 0;
      for (int i = 0; i < methods.size(); i++) {
        for (int k = 0; k < masked.size(); k++) {
          Prediction result = masked.get(k) > 0 ? results.get(next++) : image.clean();
          probability[i][k] += image.probability(result);
          correct[i][k] += result.predicted() == result.label() ? 1 : 0;
        }
      }
    }

    void write(ImageOutputs outputs, int images) {
      for (int i = 0; i < methods.size(); i++) {
        for (int k = 0; k < masked.size(); k++) {
          Map<Axis, ?> at =
              Map.of(
                  SpatialSensitivityExperiment.MASKED_TILES,
                  masked.get(k),
                  SaliencyMethod.AXIS,
                  methods.get(i).text());
          outputs.value(
              SpatialSensitivityExperiment.PROBABILITY, at, probability[i][k] / images, images);
          outputs.value(
              SpatialSensitivityExperiment.ACCURACY, at, (double) correct[i][k] / images, images);
        }
      }
    }
  }
}
