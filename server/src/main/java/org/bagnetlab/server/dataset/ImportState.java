package org.bagnetlab.server.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.store.DatasetImported;

/** How far the import of an uploaded file is; every case has only its own fields. */
public sealed interface ImportState {

  /** Another import is running. */
  record Waiting() implements ImportState {}

  /**
   * Its images are read and copied.
   *
   * @param startedAt when that began
   * @param done images so far
   * @param total images of the file; 0: not known yet
   */
  record Running(Instant startedAt, int done, int total) implements ImportState {}

  /**
   * It is among the data sets.
   *
   * @param at when that was done
   * @param imported what is there now
   */
  record Succeeded(Instant at, DatasetImported imported) implements ImportState {}

  /**
   * Nothing was imported.
   *
   * @param at when that was known
   * @param code stable name of the failure
   * @param lines what is wrong, then the details
   */
  record Failed(Instant at, String code, List<String> lines) implements ImportState {}

  /** When it succeeded or failed; empty: it has not ended. */
  default Optional<Instant> endedAt() {
    if (this instanceof Succeeded succeeded) {
      return Optional.of(succeeded.at());
    }
    return this instanceof Failed failed ? Optional.of(failed.at()) : Optional.empty();
  }

  /** Whether it makes no progress any more. */
  default boolean ended() {
    return endedAt().isPresent();
  }
}
