package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.results.accuracy.AccuracyRow.PublishedNetwork;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;

/**
 * Table 1 with published and measured accuracies side by side.
 *
 * @param on the data set of the measured values
 * @param datasets the data sets that have runs
 * @param rows the rows, at least one for each network, in the order of Table 1
 * @param leftOut trainings on the data set that do not count as results and are in no row
 * @param otherNetworks networks that were measured on the data set, but not trained on it here
 */
public record Comparison(
    @JsonUnwrapped MeasuredOn on,
    List<String> datasets,
    List<AccuracyRow> rows,
    List<LeftOut> leftOut,
    List<OtherImages> otherNetworks) {

  /** The table of the runs on a data set. */
  public static Comparison of(
      MeasuredOn shown,
      List<String> datasets,
      List<MeasuredRun> runs,
      List<LeftOut> leftOut,
      List<OtherImages> otherImages,
      Published published,
      Networks networks) {
    List<Configuration> configurations = Configuration.group(runs, published);
    List<AccuracyRow> rows = new ArrayList<>();
    for (PublishedNetwork network : PublishedNetwork.all(published, networks)) {
      String architecture = network.row().architecture();
      List<AccuracyRow> measured =
          configurations.stream()
              .filter(each -> each.spec().architecture().equals(architecture))
              .map(each -> AccuracyRow.of(each, published, networks))
              .toList();
      rows.addAll(
          measured.isEmpty()
              ? List.of(
                  AccuracyRow.of(network, networks.linearBagLimit(architecture, shown.dataset())))
              : measured);
    }
    configurations.stream()
        .filter(each -> published.row(each.spec().architecture()).isEmpty())
        .forEach(each -> rows.add(AccuracyRow.of(each, published, networks)));
    return new Comparison(
        shown,
        datasets,
        rows,
        leftOut,
        otherImages.stream()
            .filter(each -> each.dataset().equals(shown.dataset()) && !each.onItsOwnDataset())
            .toList());
  }
}
