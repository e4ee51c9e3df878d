package org.bagnetlab.server.results;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.queue.Futures;
import org.bagnetlab.queue.Job;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.MeasuredRunRow;
import org.bagnetlab.storage.Tables;
import org.bagnetlab.vision.dataset.Controlled15;

/** Computes the tables and figures from the stored runs. */
public final class Results {

  /** The data set that needs no download, and so has runs first. */
  private static final String FIRST = Controlled15.NAME;

  private final Vertx vertx;
  private final Database database;
  private final Published published;
  private final Networks networks;

  /** Results of the runs of this database. */
  public Results(Vertx vertx, Database database, Published published, Networks networks) {
    this.vertx = vertx;
    this.database = database;
    this.published = published;
    this.networks = networks;
  }

  /**
   * Table 1.
   *
   * @param dataset empty: the first that has runs
   */
  public Future<Comparison> comparison(Optional<String> dataset) {
    return read(
        tables -> {
          List<String> datasets = tables.runs().datasets();
          String chosen = dataset.orElseGet(() -> first(datasets));
          return Comparison.of(
              chosen,
              datasets,
              tables.runs().succeededTrainings(Optional.of(chosen)),
              published,
              networks);
        });
  }

  private static String first(List<String> datasets) {
    return datasets.isEmpty() || datasets.contains(FIRST) ? FIRST : datasets.get(0);
  }

  /** What receptive fields are and do. */
  public Future<ReceptiveFields> receptiveFields() {
    return read(
        tables -> {
          List<MeasuredRunRow> runs = tables.runs().succeededTrainings(Optional.empty());
          return ReceptiveFields.of(runs, pictures(tables, runs), published, networks);
        });
  }

  /** What scrambling costs. */
  public Future<Scrambling> scrambling() {
    return read(
        tables -> {
          List<MeasuredRunRow> runs = tables.runs().succeededTrainings(Optional.empty());
          return Scrambling.of(runs, pictures(tables, runs), published, networks);
        });
  }

  private static List<ArtifactRow> pictures(Tables tables, List<MeasuredRunRow> runs) {
    return tables
        .artifacts()
        .ofJobs(Pictures.newest(runs).stream().map(MeasuredRunRow::job).toList());
  }

  /** Everything that is known of a run. */
  public Future<RunReport> run(Job job) {
    return read(
        tables ->
            RunReport.of(
                job,
                tables.runs().epochs(job.id()),
                tables.runs().measurements(job.id()),
                tables.artifacts().ofJob(job.id())));
  }

  private <T> Future<T> read(Function<Tables, T> query) {
    return Futures.of(vertx, database.read(query));
  }
}
