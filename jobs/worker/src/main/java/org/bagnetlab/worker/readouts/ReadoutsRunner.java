package org.bagnetlab.worker.readouts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.readouts.ReadoutsExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.readout.Readout;
import org.bagnetlab.vision.readout.VoteClassifier;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/**
 * Measures a network with each readout. The trained one needs training images, so networks without
 * a split of the images, such as imported ones, are measured without it.
 */
public final class ReadoutsRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    if (subject.network().architecture().hasSinglePosition()) {
      throw new InvalidJob(
          "single-position",
          "run",
          "At this image size, the last feature map of this network has a single position, so all readouts are equal: choose a network with several, such as a BagNet.");
    }
    LoadedImages images = subject.loaded(spec);
    Optional<LoadedImages> training =
        subject
            .split()
            .filter(any -> subject.dataset().classes().size() <= ReadoutsExperiment.MOST_CLASSES)
            .map(Split::train)
            .map(subject::loaded);
    int learnt = training.map(LoadedImages::count).orElse(0);
    run.start(spec, subject.workload(learnt, 0, images.count()));
    Optional<VoteClassifier> trained =
        training.map(
            all ->
                VoteClassifier.trained(
                    Reading.of(run, subject.network(), all, Phase.TRAINING).votes(),
                    all.labels(IntStream.range(0, learnt).toArray()),
                    run.cancellation()::check));
    Map<MeasuredSet, Reading> readings = new LinkedHashMap<>();
    readings.put(MeasuredSet.TEST, Reading.of(run, subject.network(), images, Phase.TESTING));
    readings.put(
        MeasuredSet.SCRAMBLED,
        Reading.of(
            run, subject.network(), images.changedBy(subject.scramble()::apply), Phase.SCRAMBLING));
    write(run, subject.outputs(run, spec), images, readings, trained);
  }

  private static void write(
      Run run,
      ImageOutputs outputs,
      LoadedImages images,
      Map<MeasuredSet, Reading> readings,
      Optional<VoteClassifier> trained)
      throws IOException {
    int[] labels = images.labels(IntStream.range(0, images.count()).toArray());
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "images",
        IntStream.range(0, images.count()).mapToObj(i -> images.image(i).path()).toList());
    file.put("labels", labels);
    readings.forEach(
        (set, reading) -> {
          Map<String, int[]> predicted = reading.predicted(trained);
          predicted.forEach(
              (readout, classes) ->
                  outputs.value(
                      ReadoutsExperiment.ACCURACY,
                      set,
                      Map.of(ReadoutsExperiment.READOUT, readout),
                      recognised(classes, labels),
                      images.count()));
          outputs.value(
              ReadoutsExperiment.PATCH_ACCURACY,
              set,
              Map.of(),
              reading.patchAccuracy(labels),
              images.count());
          file.put(set.text(), predicted);
        });
    run.artifacts().writeJson(ArtifactKind.READOUTS, "readouts.json", file, outputs.facts());
  }

  private static double recognised(int[] predicted, int[] labels) {
    return (double) IntStream.range(0, labels.length).filter(i -> predicted[i] == labels[i]).count()
        / labels.length;
  }

  /**
   * What the readouts say about images.
   *
   * @param predicted the class of each image, for each readout
   * @param votes the share of positions that predict each class, for each image
   */
  private record Reading(Map<Readout, int[]> predicted, List<double[]> votes) {

    static Reading of(Run run, Network network, LoadedImages images, Phase phase) {
      Map<Readout, int[]> predicted = new LinkedHashMap<>();
      for (Readout readout : Readout.values()) {
        predicted.put(readout, new int[images.count()]);
      }
      List<double[]> votes = new ArrayList<>();
      IntConsumer progress = run.progress(phase, images.count(), 1);
      run.eachBatch(
          images,
          LogitMap.BATCH,
          progress,
          (indices, batch) -> {
            LogitMap map = network.logitMap(batch);
            for (int i = 0; i < indices.length; i++) {
              votes.add(Readout.votes(map, i));
              for (Map.Entry<Readout, int[]> each : predicted.entrySet()) {
                each.getValue()[indices[i]] = each.getKey().predicted(map, i);
              }
            }
          });
      return new Reading(predicted, votes);
    }

    /** The class of each image, by the name of the readout. */
    Map<String, int[]> predicted(Optional<VoteClassifier> trained) {
      Map<String, int[]> all = new LinkedHashMap<>();
      predicted.forEach((readout, classes) -> all.put(readout.text(), classes));
      trained.ifPresent(
          classifier ->
              all.put(
                  ReadoutsExperiment.TRAINED,
                  votes.stream().mapToInt(classifier::predicted).toArray()));
      return all;
    }

    double patchAccuracy(int[] labels) {
      return IntStream.range(0, labels.length)
          .mapToDouble(i -> votes.get(i)[labels[i]])
          .average()
          .orElseThrow();
    }
  }
}
