package org.bagnetlab.worker.run;

import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsStore;

/** Finds the file of imported weights that a job needs. */
public final class WeightsFile {

  private WeightsFile() {}

  /**
   * Finds the file.
   *
   * @param folder folder of the imported weights
   * @param asked the weights that the job was queued with
   * @param architecture the network that the weights must fit
   * @param width the network's factor on the channel counts
   * @throws InvalidJob if they are missing, damaged, or were replaced
   */
  public static Path of(Path folder, WeightsVersion asked, String architecture, double width) {
    WeightsStore store = new WeightsStore(folder);
    WeightsFacts facts =
        found(store, asked.name())
            .orElseThrow(
                () ->
                    invalid(
                        "weights-missing",
                        "The weights '%s' no longer exist. Import them again and submit a new job."
                            .formatted(asked.name())));
    if (!facts.checksum().equals(asked.checksum())) {
      throw invalid(
          "weights-changed",
          "The weights '%s' were replaced by another file (SHA-256 %s) after this job was queued (%s). Submit a new job to use the new weights."
              .formatted(asked.name(), shortened(facts.checksum()), shortened(asked.checksum())));
    }
    if (!facts.architecture().equals(architecture) || facts.width() != width) {
      throw invalid(
          "weights-changed",
          "The weights '%s' were replaced after this job was queued: they are now %s of width %s instead of %s of width %s. Submit a new job to use the new weights."
              .formatted(asked.name(), facts.architecture(), facts.width(), architecture, width));
    }
    return store.file(asked.name());
  }

  private static Optional<WeightsFacts> found(WeightsStore store, String name) {
    try {
      return store.find(name);
    } catch (DamagedException e) {
      throw invalid("weights-damaged", e.damaged().problem());
    }
  }

  private static String shortened(String checksum) {
    return checksum.substring(0, Math.min(12, checksum.length()));
  }

  private static InvalidJob invalid(String code, String message) {
    return new InvalidJob(code, "weights", message);
  }
}
