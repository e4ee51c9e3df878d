package org.bagnetlab.worker.interactions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.interactions.MaskLayout;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.Additivity;
import org.bagnetlab.vision.masking.Interaction;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Masks parts of images together and one by one, and compares the effects on the logits. */
public final class InteractionsRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec, InteractionsExperiment.MOST_IMAGES);
    int size = subject.shape().imageSize();
    List<MaskLayout> layouts = InteractionsExperiment.layouts(spec, size);
    List<List<Interaction>> interactions =
        measured(
            subject,
            images,
            layouts.stream()
                .map(layout -> new MaskGrid(size, layout.patch(), layout.gap(), layout.across()))
                .toList(),
            run.startByImage(spec, subject.workload(0, images.count())));
    ImageOutputs outputs = subject.outputs(run, spec);
    for (int i = 0; i < layouts.size(); i++) {
      write(outputs, layouts.get(i), new Additivity(interactions.get(i)), images.count());
    }
  }

  /** The interaction of the masks in each image, by layout. */
  private static List<List<Interaction>> measured(
      SubjectNetwork subject, LoadedImages images, List<MaskGrid> grids, IntConsumer progress) {
    MaskedCopies network = new MaskedCopies(subject.network()::logits, Trainer.EVALUATION_BATCH);
    List<List<Square>> copies =
        Stream.concat(
                Stream.of(List.<Square>of()),
                grids.stream().flatMap(grid -> Interaction.copies(grid).stream()))
            .toList();
    List<List<Interaction>> measured = new ArrayList<>();
    grids.forEach(grid -> measured.add(new ArrayList<>()));
    for (int image = 0; image < images.count(); image++) {
      List<float[]> logits = Arrays.asList(network.logits(images.batch(image), 0, copies));
      float[] clean = logits.get(0);
      int predicted = new Prediction(images.image(image).path(), 0, clean).predicted();
      int from = 1;
      for (int i = 0; i < grids.size(); i++) {
        int to = from + 1 + grids.get(i).count();
        measured.get(i).add(Interaction.of(predicted, clean, logits.subList(from, to)));
        from = to;
      }
      progress.accept(1);
    }
    return measured;
  }

  /**
   * Writes the measures. Omits undefined ones: masks may have no effect, or the same effect in all
   * images.
   */
  private static void write(
      ImageOutputs outputs, MaskLayout layout, Additivity additivity, int images) {
    Map<Axis, Integer> at =
        Map.of(
            InteractionsExperiment.PATCH, layout.patch(), InteractionsExperiment.GAP, layout.gap());
    additivity
        .correlation()
        .ifPresent(value -> outputs.value(InteractionsExperiment.ADDITIVITY, at, value, images));
    additivity
        .deviation()
        .ifPresent(
            value -> outputs.value(InteractionsExperiment.RELATIVE_DEVIATION, at, value, images));
    outputs.value(InteractionsExperiment.JOINT_EFFECT, at, additivity.effect(), images);
  }
}
