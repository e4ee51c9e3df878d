package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.vision.dataset.generated.PatchReadouts;

/**
 * Table 1, published and measured side by side.
 *
 * @param dataset that the measured values are about
 * @param datasets those with runs
 * @param chance accuracy of guessing on it; absent for a data set that was removed
 * @param publishedApplies whether its classes are those of the report
 * @param rows each network at least once, in the order of Table 1
 * @param leftOut trainings on the data set that failed, which are in no row
 * @param otherNetworks those that were measured on the data set, but not trained on it here
 */
public record Comparison(
    String dataset,
    List<String> datasets,
    Optional<Double> chance,
    boolean publishedApplies,
    List<Row> rows,
    List<LeftOut> leftOut,
    List<OtherImages> otherNetworks) {

  /** The accuracies that the report published. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record PublishedAccuracies(
      Optional<Double> validation, Optional<Double> test, Optional<Double> scrambled) {

    static PublishedAccuracies of(Optional<Published.Row> row) {
      return new PublishedAccuracies(
          row.map(Published.Row::validation),
          row.map(Published.Row::test),
          row.flatMap(Published.Row::scrambled));
    }
  }

  /** A network and one of its configurations, if it has run. */
  record Row(
      String architecture,
      String label,
      Optional<Integer> receptiveField,
      @JsonUnwrapped RowSettings settings,
      List<Long> runs,
      Optional<Measured> validation,
      Optional<Measured> test,
      Optional<Measured> scrambled,
      PublishedAccuracies published,
      @JsonProperty("ceiling") Optional<Double> linearBagLimit,
      Optional<PatchReadouts> readouts) {}

  /** The table over the runs on a data set. */
  public static Comparison of(
      MeasuredOn shown,
      List<String> datasets,
      List<MeasuredRun> runs,
      List<LeftOut> leftOut,
      List<OtherImages> otherImages,
      Published published,
      Networks networks) {
    List<Configuration> configurations = Configuration.group(runs, published);
    List<Row> rows = new ArrayList<>();
    for (Published.Row row : published.table1()) {
      List<Row> measured =
          configurations.stream()
              .filter(each -> each.spec().architecture().equals(row.architecture()))
              .map(each -> row(each, published, networks))
              .toList();
      rows.addAll(
          measured.isEmpty()
              ? List.of(unmeasured(row, shown.dataset(), published, networks))
              : measured);
    }
    configurations.stream()
        .filter(each -> published.row(each.spec().architecture()).isEmpty())
        .forEach(each -> rows.add(row(each, published, networks)));
    return new Comparison(
        shown.dataset(),
        datasets,
        shown.chance(),
        shown.publishedApplies(),
        rows,
        leftOut,
        otherImages.stream()
            .filter(each -> each.dataset().equals(shown.dataset()) && !each.onItsOwnDataset())
            .toList());
  }

  private static Row row(Configuration runs, Published published, Networks networks) {
    TrainSpec spec = runs.spec();
    return new Row(
        spec.architecture(),
        networks.label(spec.architecture()),
        networks.receptiveField(spec.architecture(), spec.imageSize()),
        RowSettings.of(spec),
        runs.numbers(),
        runs.measured(MeasuredSet.VALIDATION),
        runs.measured(MeasuredSet.TEST),
        runs.measured(MeasuredSet.SCRAMBLED),
        PublishedAccuracies.of(published.row(spec.architecture())),
        networks.linearBagLimit(spec.architecture(), spec.dataset()),
        networks.readouts(spec.architecture(), spec.dataset(), spec.imageSize()));
  }

  private static Row unmeasured(
      Published.Row row, String dataset, Published published, Networks networks) {
    return new Row(
        row.architecture(),
        row.label(),
        networks.receptiveField(row.architecture(), 224),
        RowSettings.NONE,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PublishedAccuracies.of(published.row(row.architecture())),
        networks.linearBagLimit(row.architecture(), dataset),
        Optional.empty());
  }
}
