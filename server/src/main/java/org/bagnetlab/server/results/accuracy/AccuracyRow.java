package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.KeptEpoch;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.vision.dataset.generated.PatchReadouts;

/**
 * The accuracies of a network: those measured with one configuration, and those published in the
 * report.
 *
 * @param runs the runs of the configuration; empty if the network was not trained here
 * @param requiredCode the only code whose runs can be in this row, in words; absent if those of any
 *     code can, or the network was not trained here
 * @param chosenAmong the number of epochs of which the best on validation images was kept, so that
 *     the validation accuracy is too high; absent if the last epoch was kept
 * @param scramblings accuracy under several scramblings; absent if at most one was measured
 * @param readouts accuracies of other readouts of its patches, if known
 */
record AccuracyRow(
    @JsonUnwrapped ConfiguredNetwork network,
    List<Long> runs,
    Optional<String> requiredCode,
    Optional<Measured> validation,
    Optional<Measured> test,
    Optional<Measured> scrambled,
    Optional<Integer> chosenAmong,
    Optional<Scramblings> scramblings,
    PublishedAccuracies published,
    @JsonProperty("ceiling") Optional<Double> linearBagLimit,
    Optional<PatchReadouts> readouts) {

  /** The accuracies published in the report. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record PublishedAccuracies(
      Optional<Double> validation, Optional<Double> test, Optional<Double> scrambled) {

    private static PublishedAccuracies of(Optional<Published.Row> row) {
      return new PublishedAccuracies(
          row.map(Published.Row::validation),
          row.map(Published.Row::test),
          row.flatMap(Published.Row::scrambled));
    }

    Optional<Double> on(MeasuredSet set) {
      return switch (set) {
        case TRAIN -> Optional.empty();
        case VALIDATION -> validation;
        case TEST -> test;
        case SCRAMBLED -> scrambled;
      };
    }
  }

  /** A network of the report, with its receptive field on the report's images. */
  record PublishedNetwork(@JsonUnwrapped Published.Row row, Optional<Integer> receptiveField) {

    static List<PublishedNetwork> all(Published published, Networks networks) {
      return published.table1().stream()
          .map(row -> new PublishedNetwork(row, networks.receptiveField(row.architecture(), 224)))
          .toList();
    }
  }

  /** The row of a configuration that was trained here. */
  static AccuracyRow of(Configuration runs, Published published, Networks networks) {
    TrainSpec spec = runs.spec();
    return new AccuracyRow(
        ConfiguredNetwork.of(runs, networks),
        runs.numbers(),
        runs.requiredCode(),
        runs.measured(MeasuredSet.VALIDATION),
        runs.measured(MeasuredSet.TEST),
        runs.measured(MeasuredSet.SCRAMBLED),
        Optional.of(spec.get(TrainExperiment.EPOCHS))
            .filter(any -> spec.get(OptimisationParameters.KEEP) == KeptEpoch.BEST),
        Scramblings.of(runs.runs()),
        PublishedAccuracies.of(published.row(spec.architecture())),
        networks.linearBagLimit(spec.architecture(), spec.dataset()),
        networks.readouts(spec.architecture(), spec.dataset(), spec.imageSize()));
  }

  /** A network of the report that was not trained here. */
  static AccuracyRow of(PublishedNetwork network, Optional<Double> linearBagLimit) {
    Published.Row row = network.row();
    return new AccuracyRow(
        new ConfiguredNetwork(
            row.architecture(), row.label(), network.receptiveField(), RowSettings.NONE),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PublishedAccuracies.of(Optional.of(row)),
        linearBagLimit,
        Optional.empty());
  }

  String architecture() {
    return network.architecture();
  }

  Optional<Measured> on(MeasuredSet set) {
    return switch (set) {
      case TRAIN -> Optional.empty();
      case VALIDATION -> validation;
      case TEST -> test;
      case SCRAMBLED -> scrambled;
    };
  }
}
