package org.bagnetlab.server.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.server.results.ResultJson.RunConfiguration;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * A network's accuracy on other images than the test images of its own split, which is no measure
 * of its training alone and so is in no table of runs.
 *
 * @param dataset the images'
 * @param images which of them
 * @param subset at most so many of each class, if not all
 * @param label of the network
 * @param receptiveField in pixels; absent: the whole image
 * @param configuration the network; its data set is that of its training, if it was trained here
 * @param run the training; absent: the network is imported
 * @param job that measured it
 * @param test on these images
 * @param scrambled on the same images, scrambled
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
    Optional<Measured> scrambled) {

  /** Those of all networks, the newest last. */
  static List<OtherImages> all(Tables tables, Networks networks) {
    return found(tables, Optional.empty(), networks);
  }

  /** Those of a run, or of the job itself, the newest last. */
  static List<OtherImages> about(Tables tables, long job, Networks networks) {
    return found(tables, Optional.of(job), networks);
  }

  private static List<OtherImages> found(Tables tables, Optional<Long> about, Networks networks) {
    ResultFilter filter =
        new ResultFilter(
            Optional.empty(),
            Optional.of(EvaluateExperiment.OTHER_ACCURACY.name()),
            Optional.of(Metric.ACCURACY.name()),
            Optional.empty(),
            Optional.empty(),
            about);
    Map<Long, List<FoundResultRow>> byJob = new LinkedHashMap<>();
    for (FoundResultRow row : tables.results().find(filter, Integer.MAX_VALUE, 0)) {
      byJob.computeIfAbsent(row.result().job(), any -> new ArrayList<>()).add(row);
    }
    return byJob.values().stream().flatMap(rows -> of(rows, networks).stream()).toList();
  }

  /** Empty if the run was deleted. */
  private static Optional<OtherImages> of(List<FoundResultRow> rows, Networks networks) {
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
                    measured(rows, MeasuredSet.SCRAMBLED)));
  }

  private static Optional<Measured> measured(List<FoundResultRow> rows, MeasuredSet set) {
    List<ResultRow> ofSet =
        rows.stream()
            .map(FoundResultRow::result)
            .filter(row -> row.set().equals(set.text()))
            .toList();
    return Measured.of(ofSet, 0);
  }

  /** Whether the network was trained here, on these images' data set. */
  boolean onItsOwnDataset() {
    return configuration.dataset().equals(Optional.of(dataset));
  }
}
