package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.number.ResultJson;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * A network's accuracy on images other than the test images of its own split. It depends on more
 * than the training, so tables of runs do not contain it.
 *
 * @param dataset the data set of the images
 * @param images which images of the data set
 * @param subset limit on the number of images of each class, if there is one
 * @param label display name of the network
 * @param receptiveField receptive field in pixels; absent if it is the whole image
 * @param configuration the network; its data set is that of its training, if it was trained here
 * @param run the training; absent if the network was imported
 * @param job the job that measured it
 * @param test accuracy on the unchanged images
 * @param scrambled accuracy on the same images, scrambled as in the report
 * @param byGrid accuracy on the same images scrambled with several grids, from coarse to fine
 */
public record OtherImages(
    String dataset,
    String images,
    Optional<Integer> subset,
    String label,
    Optional<Integer> receptiveField,
    RunConfiguration configuration,
    Optional<Long> run,
    long job,
    Optional<Measured> test,
    Optional<Measured> scrambled,
    List<ByGrid> byGrid) {

  /** An output, and the experiment whose jobs have it. */
  private record Source(String experiment, Output output) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source(EvaluateExperiment.NAME, EvaluateExperiment.OTHER_ACCURACY),
          new Source(ScrambleExperiment.NAME, ScrambleExperiment.OTHER_WHOLE),
          new Source(ScrambleExperiment.NAME, ScrambleExperiment.OTHER_ACCURACY));

  /**
   * The accuracy for one grid.
   *
   * @param grid number of tiles per side
   * @param accuracy mean over the permutations
   */
  record ByGrid(int grid, Measured accuracy) {

    static ByGrid of(int grid, List<ResultRow> permutations) {
      double mean = Interval.mean(permutations.stream().map(ResultRow::value).toList());
      return new ByGrid(
          grid, Measured.of(List.of(mean), List.of(Measured.imagesOf(permutations.get(0))), 0));
    }
  }

  /** The accuracies of all networks, the newest last. */
  public static List<OtherImages> all(Tables tables, Networks networks) {
    return found(tables, Optional.empty(), networks);
  }

  /** The accuracies measured for the network of a run, or by the job itself, the newest last. */
  public static List<OtherImages> about(Tables tables, long job, Networks networks) {
    return found(tables, Optional.of(job), networks);
  }

  private static List<OtherImages> found(Tables tables, Optional<Long> about, Networks networks) {
    return of(
        SOURCES.stream()
            .map(source -> filter(source, about))
            .flatMap(filter -> tables.results().find(filter, Integer.MAX_VALUE, 0).stream())
            .toList(),
        networks);
  }

  private static ResultFilter filter(Source source, Optional<Long> about) {
    return new ResultFilter(
        Optional.of(source.experiment()),
        Optional.of(source.output().name()),
        Optional.of(source.output().metric().name()),
        Optional.empty(),
        Optional.empty(),
        about);
  }

  /** Converts the results of jobs. Each job measured one network on one selection of images. */
  static List<OtherImages> of(List<FoundResultRow> found, Networks networks) {
    return found.stream()
        .collect(
            Collectors.groupingBy(row -> row.result().job(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(rows -> ofJob(rows, networks).stream())
        .toList();
  }

  /** The accuracies that one job measured. Empty if its run was deleted. */
  private static Optional<OtherImages> ofJob(List<FoundResultRow> rows, Networks networks) {
    ResultJson first = ResultJson.of(rows.get(0));
    JsonNode at = first.axes();
    return first
        .configuration()
        .map(
            network ->
                new OtherImages(
                    at.path(OnImages.DATASET.name()).asText(),
                    at.path(OnImages.IMAGES.name()).asText(),
                    Optional.of(at.path(OnImages.SUBSET.name()))
                        .filter(JsonNode::isInt)
                        .map(JsonNode::intValue),
                    networks.label(network.architecture()),
                    networks.receptiveField(network.architecture(), network.imageSize()),
                    network,
                    first.run(),
                    first.job(),
                    measured(rows, MeasuredSet.TEST),
                    measured(rows, MeasuredSet.SCRAMBLED),
                    byGrid(rows)));
  }

  private static Optional<Measured> measured(List<FoundResultRow> rows, MeasuredSet set) {
    List<ResultRow> ofSet =
        rows.stream()
            .map(FoundResultRow::result)
            .filter(row -> !isByGrid(row) && row.set().equals(set.text()))
            .toList();
    return Measured.of(ofSet, 0);
  }

  private static List<ByGrid> byGrid(List<FoundResultRow> rows) {
    return rows.stream()
        .map(FoundResultRow::result)
        .filter(OtherImages::isByGrid)
        .collect(Collectors.groupingBy(OtherImages::grid, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> ByGrid.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isByGrid(ResultRow row) {
    return row.output().equals(ScrambleExperiment.OTHER_ACCURACY.name());
  }

  private static int grid(ResultRow row) {
    return Integer.parseInt(
        String.valueOf(Facts.of(row.axes()).get(ScrambleExperiment.GRID.name())));
  }

  /** Whether the network was trained here, on the data set of these images. */
  boolean onItsOwnDataset() {
    return configuration
        .settings()
        .settings()
        .find(TrainExperiment.DATASET)
        .equals(Optional.of(dataset));
  }
}
