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
 * @param dataset whose images it was measured on
 * @param weights imported weights that it started from, or that are the network
 * @param parameters of the training, by their names; those of an imported network are its width and
 *     the size of its images
 * @param converged whether an epoch before the last was as good; absent: that is not known
 * @param trouble why it is no result, if it is none
 * @param seconds from its last start to its end
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

  /** An accuracy on so many images, with its 95 % interval over them. */
  public record Accuracy(double accuracy, double low, double high, int images) {}

  /** The same with what may change after a run. */
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
