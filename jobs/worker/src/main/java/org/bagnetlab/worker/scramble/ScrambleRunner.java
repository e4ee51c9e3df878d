package org.bagnetlab.worker.scramble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network on scrambled images, with each grid and each permutation. */
public final class ScrambleRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    NetworkSpec fitting =
        spec.with(
            ScrambleExperiment.GRIDS, ScrambleExperiment.grids(spec, subject.shape().imageSize()));
    LoadedImages images = subject.loaded(spec);
    run.start(fitting, subject.workload(0, images.count()));
    new Measuring(fitting, run, subject, subject.outputs(run, spec), images).measure();
  }

  /** The predictions under one permutation of every image. */
  private record Scrambled(int grid, long seed, List<Integer> predicted) {}

  /** The measurements of one job. */
  private record Measuring(
      NetworkSpec spec,
      Run run,
      SubjectNetwork subject,
      ImageOutputs outputs,
      LoadedImages images) {

    void measure() throws IOException {
      Evaluation whole = run.evaluate(subject.network(), images, Phase.TESTING);
      outputs.value(ScrambleExperiment.WHOLE, Map.of(), whole.accuracy(), images.count());
      recalls(MeasuredSet.TEST, Map.of(), List.of(whole));
      if (subject.shape().outputStride().isPresent()) {
        permutePatches(whole);
      }
      List<Scrambled> all = new ArrayList<>();
      for (int grid : spec.get(ScrambleExperiment.GRIDS).values()) {
        List<Evaluation> permutations = new ArrayList<>();
        for (int i = 0; i < spec.get(ScrambleExperiment.PERMUTATIONS); i++) {
          long seed = spec.get(ScrambleExperiment.SCRAMBLE_SEED) + i;
          Scramble scramble = new Scramble(grid, seed);
          Evaluation scrambled =
              run.evaluate(subject.network(), images.changedBy(scramble::apply), Phase.SCRAMBLING);
          permutations.add(scrambled);
          all.add(new Scrambled(grid, seed, predicted(scrambled)));
          report(grid, seed, whole, scrambled);
        }
        recalls(MeasuredSet.SCRAMBLED, Map.of(ScrambleExperiment.GRID, grid), permutations);
      }
      writePredictions(whole, all);
    }

    private void report(int grid, long seed, Evaluation whole, Evaluation scrambled) {
      Map<Axis, ?> axes =
          Map.of(ScrambleExperiment.GRID, grid, TrainExperiment.SCRAMBLE_SEED, seed);
      int agreeing = 0;
      for (int i = 0; i < images.count(); i++) {
        int before = whole.predictions().get(i).predicted();
        agreeing += before == scrambled.predictions().get(i).predicted() ? 1 : 0;
      }
      value(ScrambleExperiment.ACCURACY, axes, scrambled.accuracy(), images.count());
      value(ScrambleExperiment.AGREEMENT, axes, (double) agreeing / images.count(), images.count());
    }

    /** Writes the recall of each class over several evaluations of the same images. */
    private void recalls(MeasuredSet set, Map<Axis, Integer> grid, List<Evaluation> evaluations) {
      List<String> classes = subject.dataset().classes();
      int[] seen = new int[classes.size()];
      int[] right = new int[classes.size()];
      for (Evaluation evaluation : evaluations) {
        for (Prediction prediction : evaluation.predictions()) {
          seen[prediction.label()]++;
          right[prediction.label()] += prediction.predicted() == prediction.label() ? 1 : 0;
        }
      }
      for (int label = 0; label < seen.length; label++) {
        if (seen[label] > 0) {
          Map<Axis, Object> axes = new LinkedHashMap<>(grid);
          axes.put(Axis.CLASS, classes.get(label));
          outputs.value(
              ScrambleExperiment.RECALL,
              set,
              axes,
              (double) right[label] / seen[label],
              seen[label] / evaluations.size());
        }
      }
    }

    private void permutePatches(Evaluation whole) {
      PermutedPatches.Outcome outcome =
          PermutedPatches.of(
              run, subject.network(), images, whole, spec.get(ScrambleExperiment.SCRAMBLE_SEED));
      outputs.value(
          ScrambleExperiment.PERMUTED_PATCHES, Map.of(), outcome.agreement(), images.count());
      outputs.value(
          ScrambleExperiment.PERMUTED_PATCHES_CHANGE,
          Map.of(),
          outcome.largestChange(),
          images.count());
    }

    private void value(Output output, Map<Axis, ?> axes, double value, int count) {
      outputs.value(output, MeasuredSet.SCRAMBLED, axes, value, count);
    }

    private static List<Integer> predicted(Evaluation evaluation) {
      return evaluation.predictions().stream().map(Prediction::predicted).toList();
    }

    private void writePredictions(Evaluation whole, List<Scrambled> scrambled) throws IOException {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("classes", subject.dataset().classes());
      file.put("images", whole.predictions().stream().map(Prediction::path).toList());
      file.put("labels", whole.predictions().stream().map(Prediction::label).toList());
      file.put("whole", predicted(whole));
      file.put("scrambled", scrambled);
      run.artifacts()
          .writeJson(
              ArtifactKind.SCRAMBLED_PREDICTIONS,
              "scrambled-predictions.json",
              file,
              outputs.facts());
    }
  }
}
