package org.bagnetlab.worker.cueconflict;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.cueconflict.CueDecision;
import org.bagnetlab.vision.cueconflict.CueDecision.Follows;
import org.bagnetlab.vision.cueconflict.CueDecisions;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15CueConflict;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Outputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures which of two contradicting cues a network follows. */
public final class CueConflictRunner implements NetworkRunner {

  private static final Controlled15CueConflict CONFLICTS = new Controlled15CueConflict();

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    requireLargeEnough(subject.shape().imageSize(), spec);
    LoadedImages images = subject.loaded(subject.dataset().images());
    run.start(spec, subject.workload(0, images.count()));
    write(run.outputs(), decisions(run, subject, images));
  }

  private static void requireLargeEnough(int imageSize, NetworkSpec spec) {
    if (imageSize < CONFLICTS.smallestImage()) {
      throw new InvalidJob(
          "image-too-small",
          spec.run().isPresent() ? "run" : "imageSize",
          "The images of %s have at least %d pixels a side, but the network's have %d."
              .formatted(CONFLICTS.name(), CONFLICTS.smallestImage(), imageSize));
    }
  }

  private static CueDecisions decisions(Run run, SubjectNetwork subject, LoadedImages images) {
    List<SceneImage> all = subject.dataset().images();
    List<String> classes = subject.dataset().classes();
    List<Prediction> predictions =
        run.evaluate(subject.network(), images, Phase.TESTING).predictions();
    return new CueDecisions(
        IntStream.range(0, all.size())
            .mapToObj(
                i ->
                    CueDecision.of(
                        CONFLICTS.cues(all.get(i)), classes.get(predictions.get(i).predicted())))
            .toList());
  }

  private static void write(Outputs outputs, CueDecisions decisions) throws IOException {
    int images = decisions.all().size();
    for (Follows follows : Follows.values()) {
      outputs.value(
          CueConflictExperiment.DECISIONS,
          MeasuredSet.TEST,
          Map.of(CueConflictExperiment.CUE, follows.text()),
          (double) decisions.count(follows) / images,
          images);
    }
    shapeBias(outputs, CueConflictExperiment.SHAPE_BIAS, Map.of(), decisions);
    for (String lattice : Controlled15CueConflict.lattices()) {
      for (String marks : Controlled15CueConflict.marks()) {
        shapeBias(
            outputs,
            CueConflictExperiment.SHAPE_BIAS_BY_PAIR,
            Map.of(CueConflictExperiment.LATTICE, lattice, CueConflictExperiment.MARKS, marks),
            of(decisions, lattice, marks));
      }
    }
    matrix(
        outputs,
        CueConflictExperiment.SHAPE_DECISIONS,
        decisions,
        pair -> pair.count(Follows.SHAPE));
    matrix(
        outputs,
        CueConflictExperiment.TEXTURE_DECISIONS,
        decisions,
        pair -> pair.count(Follows.TEXTURE));
    matrix(outputs, CueConflictExperiment.IMAGES, decisions, pair -> pair.all().size());
  }

  private static CueDecisions of(CueDecisions decisions, String lattice, String marks) {
    return decisions.where(cues -> cues.lattice().equals(lattice) && cues.marks().equals(marks));
  }

  /**
   * Writes the shape bias, or no value if no decision follows a cue. The number of its images is
   * that of decisions that follow a cue.
   */
  private static void shapeBias(
      Outputs outputs, Output output, Map<Axis, ?> axes, CueDecisions decisions) {
    OptionalDouble bias = decisions.shapeBias();
    if (bias.isPresent()) {
      outputs.value(output, MeasuredSet.TEST, axes, bias.getAsDouble(), decisions.following());
    }
  }

  private static void matrix(
      Outputs outputs, Output output, CueDecisions decisions, ToIntFunction<CueDecisions> number)
      throws IOException {
    List<String> lattices = Controlled15CueConflict.lattices();
    List<String> marks = Controlled15CueConflict.marks();
    double[][] values = new double[lattices.size()][marks.size()];
    for (int row = 0; row < lattices.size(); row++) {
      for (int column = 0; column < marks.size(); column++) {
        values[row][column] =
            number.applyAsInt(of(decisions, lattices.get(row), marks.get(column)));
      }
    }
    outputs.matrix(output, MeasuredSet.TEST, lattices, marks, values);
  }
}
