package org.bagnetlab.worker.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.heatmap.Localisation;
import org.bagnetlab.vision.heatmap.PatchLogits;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures how much of a network's evidence comes from patches that reveal the class. */
public final class LocalisationRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LocalisationExperiment.refusal(subject.dataset().name())
        .ifPresent(
            reason -> {
              throw new InvalidJob("marks-unknown", "dataset", reason);
            });
    LoadedImages images = subject.loaded(spec);
    run.start(spec, subject.workload(0, images.count()));
    PatchLogits patches = PatchLogits.of(subject.network(), spec.get(Stride.FOR_MANY_IMAGES));
    List<Localisation> found = new ArrayList<>();
    patches.each(
        images,
        run.progress(Phase.EXPLAINING, images.count() * patches.passes(), 1),
        (maps, image, index) ->
            found.add(localisation(patches, images.image(index), maps, image, subject)));
    write(subject.outputs(run, spec), subject.dataset().classes(), images, found);
  }

  /** Measures one image. */
  private static Localisation localisation(
      PatchLogits patches, SceneImage image, LogitMap maps, int number, SubjectNetwork subject) {
    float[] logits = new float[maps.height() * maps.width()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = maps.at(number, image.label(), i / maps.width(), i % maps.width());
    }
    return Localisation.of(
        logits,
        Controlled15.informativePatches(
            image, subject.shape().imageSize(), patches.field(), patches.stride()));
  }

  private static void write(
      ImageOutputs outputs, List<String> classes, LoadedImages images, List<Localisation> found) {
    // The images that can distinguish a network that uses the informative patches from one that
    // does not.
    List<Localisation> telling = found.stream().filter(each -> each.largest().isPresent()).toList();
    mean(outputs, LocalisationExperiment.EVIDENCE, Map.of(), telling, Localisation::evidence);
    mean(outputs, LocalisationExperiment.LARGEST, Map.of(), telling, Localisation::largest);
    mean(outputs, LocalisationExperiment.PATCHES, Map.of(), telling, LocalisationRunner::chance);
    for (int label = 0; label < classes.size(); label++) {
      int wanted = label;
      Map<Axis, String> at = Map.of(Axis.CLASS, classes.get(label));
      List<Localisation> ofClass =
          IntStream.range(0, found.size())
              .filter(i -> images.image(i).label() == wanted)
              .mapToObj(found::get)
              .toList();
      mean(outputs, LocalisationExperiment.EVIDENCE_BY_CLASS, at, ofClass, Localisation::evidence);
      mean(outputs, LocalisationExperiment.LARGEST_BY_CLASS, at, ofClass, Localisation::largest);
      mean(
          outputs,
          LocalisationExperiment.PATCHES_BY_CLASS,
          at,
          ofClass,
          LocalisationRunner::chance);
    }
  }

  private static OptionalDouble chance(Localisation found) {
    return OptionalDouble.of(found.chance());
  }

  /** Writes the mean of a measure over the images that have it; nothing if no image has it. */
  private static void mean(
      ImageOutputs outputs,
      Output output,
      Map<Axis, String> at,
      List<Localisation> found,
      Function<Localisation, OptionalDouble> measure) {
    double[] values = found.stream().map(measure).flatMapToDouble(OptionalDouble::stream).toArray();
    DoubleStream.of(values)
        .average()
        .ifPresent(mean -> outputs.value(output, at, mean, values.length));
  }
}
