package org.bagnetlab.server.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.dataset.ImportState;
import org.bagnetlab.server.dataset.UploadedDataset;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetImported;

/**
 * The import of an uploaded data set in JSON.
 *
 * @param name of the data set
 * @param source the file's name
 * @param bytes the file's size
 * @param receivedAt when all of it had been received
 * @param state WAITING, RUNNING, SUCCEEDED or FAILED
 * @param done images read so far
 * @param total images of the file; empty: not known yet
 * @param secondsLeft until all images are read; empty: too early to say
 * @param endedAt when it succeeded or failed
 * @param dataset what was imported
 * @param warnings what to know before something is trained on it, each a line
 * @param error why nothing was imported
 */
public record DatasetImportJson(
    String name,
    String source,
    long bytes,
    Instant receivedAt,
    String state,
    Optional<Integer> done,
    Optional<Integer> total,
    Optional<Double> secondsLeft,
    Optional<Instant> endedAt,
    Optional<DatasetFacts> dataset,
    Optional<List<String>> warnings,
    Optional<Failure> error) {

  /** Before that an estimate is not worth saying. */
  private static final Duration ESTIMATED_AFTER = Duration.ofSeconds(2);

  /**
   * Why nothing was imported.
   *
   * @param code stable
   * @param detail one line
   * @param details more lines, for example one for each image that cannot be used
   */
  public record Failure(String code, String detail, List<String> details) {}

  /** All of them. */
  public record ListOf(List<DatasetImportJson> imports) {}

  /** As it is at a moment. */
  public static DatasetImportJson of(UploadedDataset uploaded, Instant now) {
    ImportState state = uploaded.state();
    if (state instanceof ImportState.Running running) {
      boolean counted = running.total() > 0;
      return of(
          uploaded,
          "RUNNING",
          counted ? Optional.of(running.done()) : Optional.empty(),
          counted ? Optional.of(running.total()) : Optional.empty(),
          left(running, now),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    if (state instanceof ImportState.Succeeded succeeded) {
      return ended(
          uploaded,
          "SUCCEEDED",
          succeeded.at(),
          Optional.of(succeeded.imported()),
          Optional.empty());
    }
    if (state instanceof ImportState.Failed failed) {
      List<String> lines = failed.lines();
      Failure failure =
          new Failure(
              failed.code(),
              lines.isEmpty() ? "The import failed." : lines.get(0),
              lines.isEmpty() ? List.of() : lines.subList(1, lines.size()));
      return ended(uploaded, "FAILED", failed.at(), Optional.empty(), Optional.of(failure));
    }
    return of(
        uploaded,
        "WAITING",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Double> left(ImportState.Running running, Instant now) {
    Duration passed = Duration.between(running.startedAt(), now);
    if (running.done() == 0 || passed.compareTo(ESTIMATED_AFTER) < 0) {
      return Optional.empty();
    }
    double each = passed.toMillis() / 1000.0 / running.done();
    return Optional.of(each * (running.total() - running.done()));
  }

  private static DatasetImportJson ended(
      UploadedDataset uploaded,
      String state,
      Instant at,
      Optional<DatasetImported> imported,
      Optional<Failure> error) {
    return of(
        uploaded,
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(at),
        imported,
        error);
  }

  private static DatasetImportJson of(
      UploadedDataset uploaded,
      String state,
      Optional<Integer> done,
      Optional<Integer> total,
      Optional<Double> secondsLeft,
      Optional<Instant> endedAt,
      Optional<DatasetImported> imported,
      Optional<Failure> error) {
    return new DatasetImportJson(
        uploaded.name(),
        uploaded.source(),
        uploaded.bytes(),
        uploaded.receivedAt(),
        state,
        done,
        total,
        secondsLeft,
        endedAt,
        imported.map(DatasetImported::dataset),
        imported.map(DatasetImported::warnings),
        error);
  }
}
