package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.storage.annotation.AnnotationRow;

/**
 * A run in a list: a training, or a measurement of an imported network.
 *
 * @param id id of the job
 * @param trained whether the network was trained here
 * @param label display name of the network
 * @param receptiveField receptive field in pixels; absent if it is the whole image
 * @param dataset the data set that it was measured on
 * @param weights the imported weights that the training started from, or that were measured
 * @param lab the lab that ran it, if it was imported
 * @param parameters parameters of the training, by name; for an imported network, only its width
 *     and the size of its images
 * @param converged whether an epoch before the last was at least as good; absent if not known
 * @param trouble why the run does not count as a result; absent if it does
 * @param seconds how long its workers ran, without the time between them
 * @param deviceSeconds time for which its workers occupied a device
 * @param peakMemory peak of a worker's memory in bytes
 * @param peakDeviceMemory peak of a worker's memory on a GPU in bytes
 * @param joules energy of its device
 * @param imagesPerSecond mean rate of its training, or else while it processed images
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
    Optional<String> lab,
    Map<String, JsonNode> parameters,
    Optional<Accuracy> validation,
    Optional<Accuracy> test,
    Optional<Accuracy> scrambled,
    Optional<Boolean> converged,
    Optional<Trouble> trouble,
    Optional<Double> seconds,
    Optional<Double> deviceSeconds,
    Optional<Long> peakMemory,
    Optional<Long> peakDeviceMemory,
    Optional<Double> joules,
    Optional<Double> imagesPerSecond,
    Instant endedAt,
    List<String> sweeps,
    List<String> tags,
    Optional<String> note) {

  /** An accuracy with its 95 % confidence interval over the images, and the number of images. */
  public record Accuracy(double accuracy, double low, double high, int images) {}

  /** This run with the data that may change after its end. */
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
        lab,
        parameters,
        validation,
        test,
        scrambled,
        converged,
        trouble,
        seconds,
        deviceSeconds,
        peakMemory,
        peakDeviceMemory,
        joules,
        imagesPerSecond,
        endedAt,
        ofSweeps,
        annotation.tags(),
        annotation.note());
  }
}
