package org.bagnetlab.worker.scramble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network on scrambled images, with each grid and each permutation. */
public final class ScrambleRunner implements Runner<NetworkSpec> {

  @Override
  public WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      NetworkSpec fitting =
          spec.with(
              ScrambleExperiment.GRIDS,
              ScrambleExperiment.grids(spec, subject.shape().imageSize()));
      LoadedImages images = subject.loaded(subject.images(spec));
      run.progress()
          .start(new ScrambleExperiment().cost(fitting, subject.workload(0, images.count())));
      new Measuring(fitting, run, subject, subject.outputs(run, spec), images).measure();
    }
    return new WorkerEvent.Succeeded();
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
      Evaluation whole =
          Evaluation.of(
              subject.network(), images, Trainer.EVALUATION_BATCH, progress(Phase.TESTING));
      outputs.value(
          ScrambleExperiment.WHOLE, MeasuredSet.TEST, Map.of(), whole.accuracy(), images.count());
      recalls(MeasuredSet.TEST, Map.of(), List.of(whole));
      if (subject.shape().outputStride().isPresent()) {
        permutePatches(whole);
      }
      List<Scrambled> all = new ArrayList<>();
      for (int grid : spec.get(ScrambleExperiment.GRIDS).values()) {
        List<Evaluation> permutations = new ArrayList<>();
        for (int i = 0; i < spec.get(ScrambleExperiment.PERMUTATIONS); i++) {
          long seed = spec.get(ScrambleExperiment.SCRAMBLE_SEED) + i;
          Evaluation scrambled = scrambled(grid, seed);
          permutations.add(scrambled);
          all.add(new Scrambled(grid, seed, predicted(scrambled)));
          report(grid, seed, whole, scrambled);
        }
        recalls(MeasuredSet.SCRAMBLED, Map.of(ScrambleExperiment.GRID.name(), grid), permutations);
      }
      writePredictions(whole, all);
    }

    private IntConsumer progress(Phase phase) {
      int[] before = {0};
      return done -> {
        run.cancellation().check();
        run.progress().advance(phase, 0, 0, done, images.count(), done - before[0], 1);
        before[0] = done;
      };
    }

    private Evaluation scrambled(int grid, long seed) {
      Scramble scramble = new Scramble(grid, seed);
      return Evaluation.of(
          subject.network(),
          images.changedBy(scramble::apply),
          Trainer.EVALUATION_BATCH,
          progress(Phase.SCRAMBLING));
    }

    private void report(int grid, long seed, Evaluation whole, Evaluation scrambled) {
      Map<String, Object> axes = new LinkedHashMap<>();
      axes.put(ScrambleExperiment.GRID.name(), grid);
      axes.put(TrainExperiment.SCRAMBLE_SEED.name(), seed);
      int agreeing = 0;
      for (int i = 0; i < images.count(); i++) {
        int before = whole.predictions().get(i).predicted();
        agreeing += before == scrambled.predictions().get(i).predicted() ? 1 : 0;
      }
      value(ScrambleExperiment.ACCURACY, axes, scrambled.accuracy(), images.count());
      value(ScrambleExperiment.AGREEMENT, axes, (double) agreeing / images.count(), images.count());
    }

    /** Writes the recall of each class over some evaluations of the same images. */
    private void recalls(MeasuredSet set, Map<String, Integer> grid, List<Evaluation> evaluations) {
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
          Map<String, Object> axes = new LinkedHashMap<>(grid);
          axes.put(Axis.CLASS.name(), classes.get(label));
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
              subject.network(),
              images,
              whole,
              spec.get(ScrambleExperiment.SCRAMBLE_SEED),
              progress(Phase.TESTING));
      outputs.value(
          ScrambleExperiment.PERMUTED_PATCHES,
          MeasuredSet.TEST,
          Map.of(),
          outcome.agreement(),
          images.count());
      outputs.value(
          ScrambleExperiment.PERMUTED_PATCHES_CHANGE,
          MeasuredSet.TEST,
          Map.of(),
          outcome.largestChange(),
          images.count());
    }

    private void value(Output output, Map<String, ?> axes, double value, int count) {
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
          .write(
              Optional.empty(),
              ArtifactKind.SCRAMBLED_PREDICTIONS,
              "scrambled-predictions.json",
              "application/json",
              Json.MAPPER.writeValueAsBytes(file),
              outputs.facts(),
              Optional.empty());
    }
  }
}
