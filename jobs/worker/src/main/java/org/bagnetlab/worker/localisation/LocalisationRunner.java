package org.bagnetlab.worker.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.localisation.LocalisationSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.Controlled15;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.localisation.Localisation;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.patchlogits.PatchLogits;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Compares where a network sees evidence for the class of each image with its marks. */
public final class LocalisationRunner implements Runner<LocalisationSpec> {

  private static final List<String> MEASURES =
      List.of("evidence within marks", "largest within a mark", "points within marks");

  @Override
  public WorkerEvent.End run(LocalisationSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LocalisationExperiment.refusal(subject.dataset().name())
          .ifPresent(
              reason -> {
                throw new InvalidJob("marks-unknown", "dataset", reason);
              });
      LoadedImages images = subject.loaded(subject.images(spec));
      run.progress()
          .start(new LocalisationExperiment().cost(spec, subject.workload(0, images.count())));
      PatchLogits patches = PatchLogits.of(subject.network(), spec.stride());
      List<Localisation> found = new ArrayList<>();
      patches.each(
          images,
          told(run, images.count() * patches.passes()),
          (maps, image, index) ->
              found.add(localisation(patches, images.image(index), maps, image, subject)));
      write(subject.outputs(run, spec), subject.dataset().classes(), images, found);
    }
    return new WorkerEvent.Succeeded();
  }

  private static IntConsumer told(Run run, int total) {
    int[] done = {0};
    return passes -> {
      run.cancellation().check();
      done[0] += passes;
      run.progress().advance(Phase.EXPLAINING, 0, 0, done[0], total, passes, 1);
    };
  }

  /** Of an image, at the centres of its patches. */
  private static Localisation localisation(
      PatchLogits patches, SceneImage image, LogitMap maps, int number, SubjectNetwork subject) {
    int size = subject.shape().imageSize();
    boolean[] marks = Controlled15.marks(image, size);
    float[] logits = new float[maps.height() * maps.width()];
    boolean[] marked = new boolean[logits.length];
    int first = (patches.field() - 1) / 2;
    for (int i = 0; i < logits.length; i++) {
      int row = i / maps.width();
      int column = i % maps.width();
      logits[i] = maps.at(number, image.label(), row, column);
      marked[i] =
          marks[(first + row * patches.stride()) * size + first + column * patches.stride()];
    }
    return Localisation.of(logits, marked);
  }

  private static void write(
      ImageOutputs outputs, List<String> classes, LoadedImages images, List<Localisation> found)
      throws IOException {
    Means all = Means.of(found);
    if (all.withEvidence() > 0) {
      outputs.value(
          LocalisationExperiment.EVIDENCE,
          MeasuredSet.TEST,
          Map.of(),
          all.within(),
          all.withEvidence());
    }
    outputs.value(
        LocalisationExperiment.POINTING, MeasuredSet.TEST, Map.of(), all.pointing(), found.size());
    outputs.value(
        LocalisationExperiment.CHANCE, MeasuredSet.TEST, Map.of(), all.chance(), found.size());
    double[][] byClass = new double[classes.size()][];
    for (int label = 0; label < byClass.length; label++) {
      int wanted = label;
      Means means =
          Means.of(
              IntStream.range(0, found.size())
                  .filter(i -> images.image(i).label() == wanted)
                  .mapToObj(found::get)
                  .toList());
      byClass[label] = new double[] {means.within(), means.pointing(), means.chance()};
    }
    outputs.matrix(LocalisationExperiment.BY_CLASS, MeasuredSet.TEST, classes, MEASURES, byClass);
  }

  /**
   * Means over images.
   *
   * @param within over those that have evidence; 0 if none has
   * @param withEvidence number of those
   */
  private record Means(double within, int withEvidence, double pointing, double chance) {

    static Means of(List<Localisation> found) {
      double[] within = found.stream().flatMapToDouble(each -> each.within().stream()).toArray();
      return new Means(
          DoubleStream.of(within).average().orElse(0),
          within.length,
          found.stream().mapToDouble(Localisation::pointing).average().orElse(0),
          found.stream().mapToDouble(Localisation::chance).average().orElse(0));
    }
  }
}
