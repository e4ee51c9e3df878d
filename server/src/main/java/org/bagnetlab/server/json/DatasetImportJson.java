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
 * @param name name of the data set
 * @param source name of the uploaded file
 * @param bytes size of the file
 * @param receivedAt when the file was received completely
 * @param state WAITING, RUNNING, SUCCEEDED or FAILED
 * @param done images read so far
 * @param total number of images in the file; empty if not known yet
 * @param secondsLeft estimated seconds until all images are read; empty if it is too early for an
 *     estimate
 * @param endedAt when it succeeded or failed
 * @param dataset the imported data set
 * @param warnings what users should know before training on it, one line each
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

  /** Time until the first estimate; an earlier one would be too inaccurate. */
  private static final Duration ESTIMATED_AFTER = Duration.ofSeconds(2);

  /**
   * The reason why an import failed.
   *
   * @param code stable name
   * @param detail one line
   * @param details further lines, for example one for each image that cannot be used
   */
  public record Failure(String code, String detail, List<String> details) {}

  /** A list of imports. */
  public record ListOf(List<DatasetImportJson> imports) {}

  /** The state of an import at a point in time. */
  public static DatasetImportJson of(UploadedDataset uploaded, Instant now) {
    ImportState state = uploaded.state();
    Optional<ImportState.Running> running = as(ImportState.Running.class, state);
    Optional<ImportState.Running> counted = running.filter(known -> known.total() > 0);
    Optional<DatasetImported> imported =
        as(ImportState.Succeeded.class, state).map(ImportState.Succeeded::imported);
    return new DatasetImportJson(
        uploaded.name(),
        uploaded.source(),
        uploaded.bytes(),
        uploaded.receivedAt(),
        name(state),
        counted.map(ImportState.Running::done),
        counted.map(ImportState.Running::total),
        running.flatMap(known -> left(known, now)),
        state.endedAt(),
        imported.map(DatasetImported::dataset),
        imported.map(DatasetImported::warnings),
        as(ImportState.Failed.class, state).map(DatasetImportJson::failure));
  }

  private static String name(ImportState state) {
    return switch (state) {
      case ImportState.Waiting _ -> "WAITING";
      case ImportState.Running _ -> "RUNNING";
      case ImportState.Succeeded _ -> "SUCCEEDED";
      case ImportState.Failed _ -> "FAILED";
    };
  }

  private static <S extends ImportState> Optional<S> as(Class<S> type, ImportState state) {
    return Optional.of(state).filter(type::isInstance).map(type::cast);
  }

  private static Failure failure(ImportState.Failed failed) {
    List<String> lines = failed.lines();
    return lines.isEmpty()
        ? new Failure(failed.code(), "The import failed.", List.of())
        : new Failure(failed.code(), lines.get(0), lines.subList(1, lines.size()));
  }

  private static Optional<Double> left(ImportState.Running running, Instant now) {
    Duration passed = Duration.between(running.startedAt(), now);
    if (running.done() == 0 || passed.compareTo(ESTIMATED_AFTER) < 0) {
      return Optional.empty();
    }
    double each = passed.toMillis() / 1000.0 / running.done();
    return Optional.of(each * (running.total() - running.done()));
  }
}
