package org.bagnetlab.server.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.store.DatasetImported;

/** The state of the import of an uploaded file. Each case has only the fields that apply to it. */
public sealed interface ImportState {

  /** Another import is running. */
  record Waiting() implements ImportState {}

  /**
   * Its images are being read and copied.
   *
   * @param startedAt when the import started
   * @param done number of images read so far
   * @param total number of images in the file; 0 if not known yet
   */
  record Running(Instant startedAt, int done, int total) implements ImportState {}

  /**
   * The data set was imported.
   *
   * @param at when the import ended
   * @param imported the new data set
   */
  record Succeeded(Instant at, DatasetImported imported) implements ImportState {}

  /**
   * Nothing was imported.
   *
   * @param at when the import failed
   * @param code stable name of the failure
   * @param lines the reason, followed by details
   */
  record Failed(Instant at, String code, List<String> lines) implements ImportState {}

  /** When the import succeeded or failed. Empty if it has not ended. */
  default Optional<Instant> endedAt() {
    if (this instanceof Succeeded succeeded) {
      return Optional.of(succeeded.at());
    }
    return this instanceof Failed failed ? Optional.of(failed.at()) : Optional.empty();
  }

  /** Whether the import has ended. */
  default boolean ended() {
    return endedAt().isPresent();
  }
}
