package org.bagnetlab.server.results.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.RunEpochRow;

/**
 * A page of the numbers measured by jobs: first the results, in the order of their jobs, then the
 * epochs of trainings. Within a page, positions on an axis are ordered by value. The division into
 * pages follows the order of the table.
 *
 * @param results the numbers
 * @param total number of rows on all pages
 */
public record ResultPage(List<ResultJson> results, long total) {

  /**
   * Reads a page.
   *
   * @param limit maximum number of rows
   * @param offset number of rows to skip
   */
  public static ResultPage of(Tables tables, ResultFilter filter, int limit, long offset) {
    long stored = tables.results().count(filter);
    List<ResultJson> page = new ArrayList<>();
    if (offset < stored) {
      tables.results().find(filter, limit, offset).forEach(row -> page.add(ResultJson.of(row)));
      page.sort(new ByPosition());
    }
    int points = filter.run().isPresent() ? 0 : EpochCurves.wanted(filter);
    if (points == 0) {
      return new ResultPage(page, stored);
    }
    long total = stored + points * tables.runs().countEpochs(filter.dataset());
    int room = limit - page.size();
    if (room > 0) {
      long first = Math.max(0, offset - stored);
      int epochs = room / points + 2;
      points(tables.runs().epochs(filter.dataset(), epochs, first / points), filter).stream()
          .skip(first % points)
          .limit(room)
          .forEach(page::add);
    }
    return new ResultPage(page, total);
  }

  private static List<ResultJson> points(List<RunEpochRow> epochs, ResultFilter filter) {
    List<ResultJson> points = new ArrayList<>();
    for (RunEpochRow epoch : epochs) {
      Optional<RunConfiguration> configuration =
          StoredSpec.training(epoch.spec()).map(RunConfiguration::of);
      for (ResultRow point : EpochCurves.rows(epoch.job(), epoch.epoch())) {
        if (EpochCurves.matches(filter, point)) {
          points.add(
              ResultJson.of(point, TrainExperiment.NAME, Optional.of(epoch.job()), configuration));
        }
      }
    }
    return points;
  }
}
