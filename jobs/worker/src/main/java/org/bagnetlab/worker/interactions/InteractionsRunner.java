package org.bagnetlab.worker.interactions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.interactions.MaskLayout;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.split.Subset;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.Additivity;
import org.bagnetlab.vision.masking.Interaction;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Masks parts of images together and one by one, and compares the effects. */
public final class InteractionsRunner implements Runner<NetworkSpec> {

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images =
          subject.loaded(
              Subset.spread(subject.images(spec), spec.get(InteractionsExperiment.MOST_IMAGES)));
      int size = subject.shape().imageSize();
      List<MaskLayout> layouts = InteractionsExperiment.layouts(spec, size);
      List<List<Interaction>> interactions =
          measured(
              run,
              subject,
              images,
              layouts.stream()
                  .map(layout -> new MaskGrid(size, layout.patch(), layout.gap(), layout.across()))
                  .toList(),
              new InteractionsExperiment().cost(spec, subject.workload(0, images.count())));
      ImageOutputs outputs = subject.outputs(run, spec);
      for (int i = 0; i < layouts.size(); i++) {
        write(outputs, layouts.get(i), new Additivity(interactions.get(i)), images.count());
      }
    }
    return new WorkerEvent.Succeeded();
  }

  /** The interaction of each layout's masks in each image, by layout. */
  private static List<List<Interaction>> measured(
      Run run, SubjectNetwork subject, LoadedImages images, List<MaskGrid> grids, double work) {
    run.progress().start(work);
    MaskedCopies network = new MaskedCopies(subject.network()::logits, Trainer.EVALUATION_BATCH);
    List<List<Square>> copies =
        Stream.concat(
                Stream.of(List.<Square>of()),
                grids.stream().flatMap(grid -> Interaction.copies(grid).stream()))
            .toList();
    List<List<Interaction>> measured = new ArrayList<>();
    grids.forEach(grid -> measured.add(new ArrayList<>()));
    for (int image = 0; image < images.count(); image++) {
      run.cancellation().check();
      List<float[]> logits = Arrays.asList(network.logits(images.batch(image), 0, copies));
      float[] clean = logits.get(0);
      int predicted = new Prediction(images.image(image).path(), 0, clean).predicted();
      int from = 1;
      for (int i = 0; i < grids.size(); i++) {
        int to = from + 1 + grids.get(i).count();
        measured.get(i).add(Interaction.of(predicted, clean, logits.subList(from, to)));
        from = to;
      }
      run.progress()
          .advance(Phase.TESTING, 0, 0, image + 1, images.count(), 1, work / images.count());
    }
    return measured;
  }

  /** Omits undefined measures: masks may have no effect, or the same in all images. */
  private static void write(
      ImageOutputs outputs, MaskLayout layout, Additivity additivity, int images) {
    Map<String, Object> at = new LinkedHashMap<>();
    at.put(InteractionsExperiment.PATCH.name(), layout.patch());
    at.put(InteractionsExperiment.GAP.name(), layout.gap());
    additivity
        .correlation()
        .ifPresent(
            value ->
                outputs.value(
                    InteractionsExperiment.ADDITIVITY, MeasuredSet.TEST, at, value, images));
    additivity
        .deviation()
        .ifPresent(
            value ->
                outputs.value(
                    InteractionsExperiment.RELATIVE_DEVIATION,
                    MeasuredSet.TEST,
                    at,
                    value,
                    images));
    outputs.value(
        InteractionsExperiment.JOINT_EFFECT, MeasuredSet.TEST, at, additivity.effect(), images);
  }
}
