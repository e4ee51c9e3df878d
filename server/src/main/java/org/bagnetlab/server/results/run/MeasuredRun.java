package org.bagnetlab.server.results.run;

import com.github.benmanes.caffeine.cache.Interner;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;

/** A successful training, with all accuracies of its network. Immutable. */
public final class MeasuredRun {

  /** Runs with the same settings share them, so that they are compared by reference. */
  static final Interner<Settings> IDENTITIES = Interner.newWeakInterner();

  private final TrainSpec spec;
  private final MeasuredRunRow row;
  private final List<ResultRow> accuracies;
  private final RunCode code;

  // Views ask for these several times, of thousands of runs.
  private final Settings identity;
  private final Optional<String> datasetChecksum;
  private final Optional<Trouble> trouble;
  private final Map<MeasuredSet, ResultRow> measurements = new EnumMap<>(MeasuredSet.class);

  /**
   * A training with its accuracies.
   *
   * @param spec how it was trained
   * @param row its row in the database
   * @param accuracies accuracies measured by itself and by later jobs
   * @param code the code that computed it
   */
  public MeasuredRun(TrainSpec spec, MeasuredRunRow row, List<ResultRow> accuracies, RunCode code) {
    this.spec = spec;
    this.row = row;
    this.accuracies = List.copyOf(accuracies);
    this.code = code;
    this.identity = IDENTITIES.intern(spec.ofAnyStartingRun().settings().identifying());
    this.datasetChecksum = row.splitFacts().flatMap(Facts::datasetChecksum);
    for (MeasuredSet set : MeasuredSet.values()) {
      accuracies(set).stream()
          .filter(result -> result.job() == job())
          .findFirst()
          .ifPresent(own -> measurements.put(set, own));
    }
    this.trouble =
        Trouble.of(
            row.lastLoss(), row.lastAccuracy(), row.splitFacts(), measurement(MeasuredSet.TEST));
  }

  private MeasuredRun(MeasuredRun run, RunCode code) {
    this.spec = run.spec;
    this.row = run.row;
    this.accuracies = run.accuracies;
    this.code = code;
    this.identity = run.identity;
    this.datasetChecksum = run.datasetChecksum;
    this.trouble = run.trouble;
    this.measurements.putAll(run.measurements);
  }

  /** The same training, as tables with runs of other code distinguish it. */
  MeasuredRun with(RunCode distinguished) {
    return new MeasuredRun(this, distinguished);
  }

  /** How it was trained. */
  public TrainSpec spec() {
    return spec;
  }

  /** Its row in the database. */
  public MeasuredRunRow row() {
    return row;
  }

  /** The id of its job. */
  public long job() {
    return row.job();
  }

  /** Accuracies measured by itself and by later jobs. */
  public List<ResultRow> accuracies() {
    return accuracies;
  }

  /** The code that computed it. */
  public RunCode code() {
    return code;
  }

  /** The settings that affect its results, without the seed and the run that it starts from. */
  Settings identity() {
    return identity;
  }

  /** Checksum that distinguishes its data set from others with the same name. */
  public Optional<String> datasetChecksum() {
    return datasetChecksum;
  }

  /** Why it does not count as a result; empty for most runs. */
  public Optional<Trouble> trouble() {
    return trouble;
  }

  /**
   * Whether its last epoch is known to be better than all before, so that training for more epochs
   * might help.
   */
  public boolean improvedToTheEnd() {
    return row.converged().equals(Optional.of(false));
  }

  /** The accuracy that the training itself measured on a set of images. */
  public Optional<ResultRow> measurement(MeasuredSet set) {
    return Optional.ofNullable(measurements.get(set));
  }

  /** All accuracies on a set of images, measured by the training and by later jobs. */
  public List<ResultRow> accuracies(MeasuredSet set) {
    return accuracies.stream().filter(result -> result.set().equals(set.text())).toList();
  }

  /** The number of training images, if its worker reported it. */
  public Optional<Integer> learntImages() {
    return row.splitFacts().map(facts -> Facts.of(facts).get("train")).map(Integer::valueOf);
  }
}
