package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.heatmap.ShownClasses;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Draws an image's heatmaps with the network of an earlier run or an imported network. */
public final class HeatmapRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    ExplainedImage explained = ExplainedImage.of(spec, subject);
    List<Integer> labels =
        labels(
            spec.get(HeatmapExperiment.CLASSES),
            explained.label(),
            subject.dataset().classes().size());
    new Explanation(
            run,
            subject.shape(),
            subject.scramble(),
            spec.get(HeatmapExperiment.STRIDE),
            spec.get(HeatmapExperiment.MODE),
            spec.get(HeatmapExperiment.SCALE))
        .explainCoarseToFine(
            subject.network(),
            subject.dataset(),
            explained.image(),
            labels,
            new HeatmapExperiment().cost(spec, subject.workload(0, 1)));
  }

  /**
   * The classes whose heatmaps are drawn, the target class first.
   *
   * @param target index of the target class
   * @param count number of the network's classes
   * @throws InvalidJob if there are too many
   */
  static List<Integer> labels(ShownClasses classes, int target, int count) {
    return switch (classes) {
      case ONE -> List.of(target);
      case ALL -> {
        if (count > HeatmapExperiment.MOST_CLASSES) {
          throw new InvalidJob(
              "too-many-classes",
              "classes",
              "Heatmaps of all classes are drawn for up to %d classes, but the network has %d: name one as the target class."
                  .formatted(HeatmapExperiment.MOST_CLASSES, count));
        }
        yield Stream.concat(
                Stream.of(target),
                IntStream.range(0, count).filter(label -> label != target).boxed())
            .toList();
      }
    };
  }
}
