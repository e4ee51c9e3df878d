package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.storage.annotation.AnnotationRow;

/**
 * A run in a list: a training, or a measurement of a network that was imported.
 *
 * @param id the job's number
 * @param trained whether the network was trained here
 * @param label of the network
 * @param receptiveField in pixels; absent: the whole image
 * @param dataset the data set it was measured on
 * @param weights the imported weights that it started from, or that were measured
 * @param parameters of the training, by name; for an imported network its width and the size of its
 *     images
 * @param converged whether an epoch before the last was as good; absent: not known
 * @param trouble why it does not count as a result; absent: it does
 * @param seconds duration from its last start to its end
 */
public record ListedRun(
    long id,
    String title,
    boolean trained,
    String architecture,
    String label,
    Optional<Integer> receptiveField,
    Optional<String> dataset,
    String regime,
    Optional<String> weights,
    Map<String, JsonNode> parameters,
    Optional<Accuracy> validation,
    Optional<Accuracy> test,
    Optional<Accuracy> scrambled,
    Optional<Boolean> converged,
    Optional<Trouble> trouble,
    Optional<Double> seconds,
    Instant endedAt,
    List<String> sweeps,
    List<String> tags,
    Optional<String> note) {

  /** An accuracy with the number of images and its 95 % interval over them. */
  public record Accuracy(double accuracy, double low, double high, int images) {}

  /** The same run with the data that may change after its end. */
  ListedRun with(List<String> ofSweeps, AnnotationRow annotation) {
    return new ListedRun(
        id,
        title,
        trained,
        architecture,
        label,
        receptiveField,
        dataset,
        regime,
        weights,
        parameters,
        validation,
        test,
        scrambled,
        converged,
        trouble,
        seconds,
        endedAt,
        ofSweeps,
        annotation.tags(),
        annotation.note());
  }
}
