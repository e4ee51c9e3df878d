package org.bagnetlab.server.results;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * The runs that differ only in their seed, one for each seed: a repeated seed gives the same
 * result, and would make the spread over seeds appear smaller than it is.
 *
 * @param spec what they have in common; its seed and heatmap stride mean nothing
 * @param runs the runs, the oldest first
 */
record Configuration(TrainSpec spec, List<MeasuredRun> runs) {

  /**
   * Identifies a configuration.
   *
   * @param spec its seed and heatmap stride are ignored
   * @param datasetChecksum of the training images, if known
   */
  record Key(TrainSpec spec, Optional<String> datasetChecksum) {

    static Key of(MeasuredRun run) {
      return new Key(relevantSettings(run.spec()), run.datasetChecksum());
    }

    /** What the points of a curve over a setting have in common. */
    static Key ofAny(Varied setting, MeasuredRun run) {
      return new Key(setting.without(relevantSettings(run.spec())), run.datasetChecksum());
    }
  }

  /** Groups runs, in the order of Table 1, then by image size, width and starting weights. */
  static List<Configuration> group(List<MeasuredRun> runs, Published published) {
    Map<Key, Map<Long, MeasuredRun>> groups = new LinkedHashMap<>();
    for (MeasuredRun run : runs) {
      TrainSpec spec = run.spec();
      Map<Long, MeasuredRun> bySeed =
          groups.computeIfAbsent(Key.of(run), any -> new LinkedHashMap<>());
      // The newest run of a seed comes last, and determines the order.
      bySeed.remove(spec.seed());
      bySeed.put(spec.seed(), run);
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new Configuration(group.getKey().spec(), List.copyOf(group.getValue().values())))
        .sorted(
            Comparator.<Configuration>comparingInt(
                    group -> published.place(group.spec().architecture()))
                .thenComparing(group -> group.spec().architecture())
                .thenComparing(group -> group.spec().dataset())
                .thenComparing(group -> group.spec().imageSize())
                .thenComparing(group -> group.spec().width())
                .thenComparing(group -> weights(group.spec()).orElse(""))
                .thenComparing(group -> group.spec().precision())
                .thenComparing(group -> group.spec().preparation())
                .thenComparing(group -> group.spec().duplicates())
                // Those that learn all images come first: most runs do.
                .thenComparing(
                    group -> group.spec().trainImages().orElse(Integer.MAX_VALUE),
                    Comparator.reverseOrder())
                .thenComparing(group -> group.spec().sparsity()))
        .toList();
  }

  /** The name of the weights that a training starts from. */
  static Optional<String> weights(TrainSpec spec) {
    return spec.weights().map(StartingWeights::name);
  }

  /** Without the seed, and without what cannot change an accuracy. */
  private static TrainSpec relevantSettings(TrainSpec spec) {
    return new TrainSpec(
        spec.architecture(),
        spec.dataset(),
        spec.imageSize(),
        spec.width(),
        spec.recipe(),
        spec.epochs(),
        spec.batchSize(),
        spec.learningRate(),
        0,
        1,
        spec.weights(),
        spec.precision(),
        spec.preparation(),
        spec.duplicates(),
        spec.trainImages(),
        spec.sparsity());
  }

  /** Identifies the setting, which other architectures can have, too. */
  Key keyOfSetting() {
    return new Key(
        new TrainSpec(
            "",
            spec.dataset(),
            spec.imageSize(),
            spec.width(),
            spec.recipe(),
            spec.epochs(),
            spec.batchSize(),
            spec.learningRate(),
            spec.seed(),
            spec.heatmapStride(),
            spec.weights().map(weights -> new StartingWeights("", "", weights.regime())),
            spec.precision(),
            spec.preparation(),
            spec.duplicates(),
            spec.trainImages(),
            spec.sparsity()),
        runs.get(0).datasetChecksum());
  }

  /** The accuracy on a set of images, over the runs that measured it. */
  Optional<Measured> measured(MeasuredSet set) {
    List<MeasuredRun> measured =
        runs.stream().filter(run -> run.measurement(set).isPresent()).toList();
    return Measured.of(
        measured.stream().flatMap(run -> run.measurement(set).stream()).toList(),
        (int) measured.stream().filter(MeasuredRun::improvedToTheEnd).count());
  }

  /** The runs' numbers. */
  List<Long> numbers() {
    return runs.stream().map(MeasuredRun::job).toList();
  }
}
