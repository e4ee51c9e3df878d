package org.bagnetlab.server.results.run;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.storage.result.ResultRow;

/**
 * Runs that differ only in their seed, or in which of several equal trainings they start from.
 * There is one run for each seed and starting run: repeating both gives the same result, which
 * would make the spread over seeds appear smaller than it is.
 *
 * @param runs the runs, the oldest first
 */
public record Configuration(List<MeasuredRun> runs) {

  private static final Comparator<Settings> ORDER = Settings.order(TrainExperiment.PARAMETERS);

  /**
   * Identifies a configuration.
   *
   * @param settings settings of its trainings that affect results, without the seed
   * @param datasetChecksum checksum of the data set with the training images, if known
   * @param code the code that computed its runs, if known
   * @param labs the lab that ran them or their starting runs, if these were imported
   */
  public record Key(
      Settings settings,
      Optional<String> datasetChecksum,
      Optional<String> code,
      Optional<String> labs) {

    /** Every view asks for these of all configurations, whose settings are few objects. */
    private static final LoadingCache<Settings, Settings> OF_ANY_NETWORK =
        Caffeine.newBuilder().weakKeys().build(Key::withoutNetwork);

    /** The key of a run's configuration. */
    public static Key of(MeasuredRun run) {
      return new Key(run.identity(), run.datasetChecksum(), run.code().key(), labs(run));
    }

    /** Where a run was trained, and the run that it starts from, if that was elsewhere. */
    private static Optional<String> labs(MeasuredRun run) {
      return run.row()
          .originLab()
          .or(() -> run.row().startLab().map(lab -> "from a network of " + lab));
    }

    /** The key shared by configurations that differ only in a parameter. */
    public Key without(Parameter<?> parameter) {
      return new Key(settings.without(parameter), datasetChecksum, code, labs);
    }

    /**
     * The key that other architectures can share. It contains only the regime of the starting
     * weights, and no learning rate: networks differ in which one suits them, so a comparison with
     * one rate for all would favour some of them.
     */
    public Key ofAnyNetwork() {
      return new Key(OF_ANY_NETWORK.get(settings), datasetChecksum, code, labs);
    }

    private static Settings withoutNetwork(Settings settings) {
      Optional<StartingWeights> regime =
          settings
              .find(TrainExperiment.WEIGHTS)
              .map(weights -> new StartingWeights("", "", weights.regime()));
      return MeasuredRun.IDENTITIES.intern(
          settings
              .without(TrainExperiment.ARCHITECTURE)
              .without(TrainExperiment.LEARNING_RATE)
              .with(TrainExperiment.WEIGHTS, regime));
    }
  }

  /** What runs of a configuration differ in. */
  private record Replicate(long seed, Optional<Long> startingRun) {}

  /**
   * Combines runs of one configuration. Of those that repeat each other, only the newest counts.
   *
   * @param runs the runs, the oldest first
   */
  public static Configuration of(List<MeasuredRun> runs) {
    Map<Replicate, MeasuredRun> newest = new LinkedHashMap<>();
    for (MeasuredRun run : runs) {
      Replicate replicate = new Replicate(run.spec().seed(), run.spec().subject());
      newest.remove(replicate); // so that the newest run moves to the end
      newest.put(replicate, run);
    }
    return new Configuration(List.copyOf(newest.values()));
  }

  /** Groups runs into configurations, ordered as in Table 1, then by their settings. */
  public static List<Configuration> group(List<MeasuredRun> runs, Published published) {
    Map<Key, List<MeasuredRun>> groups = new LinkedHashMap<>();
    for (MeasuredRun run : runs) {
      groups.computeIfAbsent(Key.of(run), any -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.<Key>comparingInt(key -> published.place(architecture(key)))
                    .thenComparing(Key::settings, ORDER)))
        .map(group -> of(group.getValue()))
        .toList();
  }

  private static String architecture(Key key) {
    return key.settings().find(TrainExperiment.ARCHITECTURE).orElseThrow();
  }

  /**
   * The specification of the first run. The others differ only in the seed and in settings that do
   * not affect results. If they start from several runs, so does the specification.
   */
  public TrainSpec spec() {
    TrainSpec first = runs.get(0).spec();
    return runs.stream().map(run -> run.spec().subject()).distinct().count() > 1
        ? first.ofAnyStartingRun()
        : first;
  }

  /** The settings of its trainings, for tables and captions. */
  public RowSettings settings() {
    return settings(spec());
  }

  /** The same, if one of its trainings stands for all. */
  public RowSettings settings(TrainSpec typical) {
    return RowSettings.of(typical).computedBy(codes(), runs.get(0).row());
  }

  /** The code that computed its runs. */
  List<RunCode> codes() {
    return runs.stream().map(MeasuredRun::code).toList();
  }

  /** The only code whose runs it can have, in words; empty if it can have those of any code. */
  public Optional<String> requiredCode() {
    return runs.get(0).code().required();
  }

  /** The name of the weights that a training starts from. */
  public static Optional<String> weights(TrainSpec spec) {
    return spec.weights().map(StartingWeights::name);
  }

  /** The key of the setting, which configurations of other architectures can share. */
  public Key keyOfSetting() {
    return Key.of(runs.get(0)).ofAnyNetwork();
  }

  /** The accuracy on a set of images, over the runs that measured it. */
  public Optional<Measured> measured(MeasuredSet set) {
    List<MeasuredRun> measured =
        runs.stream().filter(run -> run.measurement(set).isPresent()).toList();
    return Measured.of(
        measured.stream().flatMap(run -> run.measurement(set).stream()).toList(),
        (int) measured.stream().filter(MeasuredRun::improvedToTheEnd).count());
  }

  /** The mean accuracy on a set of images, over the runs that measured it. */
  OptionalDouble mean(MeasuredSet set) {
    return runs.stream()
        .flatMap(run -> run.measurement(set).stream())
        .mapToDouble(ResultRow::value)
        .average();
  }

  /**
   * Selects the values of its runs, by seed, to pair them with those of other configurations. Runs
   * of one seed share its split, and nothing tells which of them to pair with which run of another
   * network. So only the newest counts, and there are as many pairs as seeds.
   *
   * @param byRun values by run; values of some runs may be missing
   */
  public <T> SortedMap<Long, T> bySeed(Map<Long, T> byRun) {
    SortedMap<Long, T> bySeed = new TreeMap<>();
    for (MeasuredRun run : runs) {
      Optional.ofNullable(byRun.get(run.job()))
          .ifPresent(known -> bySeed.put(run.spec().seed(), known));
    }
    return bySeed;
  }

  /** The ids of the runs. */
  public List<Long> numbers() {
    return runs.stream().map(MeasuredRun::job).toList();
  }
}
