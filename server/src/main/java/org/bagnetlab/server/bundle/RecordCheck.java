package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.StoredWorker;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.server.bundle.RunRecord.Value;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Checks a record that comes from elsewhere before any of it is stored: a single row that a view
 * cannot read would disable the view for all runs. The lengths are those of the database's columns.
 */
final class RecordCheck {

  private static final Pattern LAB = Pattern.compile("[0-9a-f-]{36}");
  private static final Pattern CODE = Pattern.compile("[0-9a-z]{1,64}(,[0-9a-z]{1,64}){0,9}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final int LONGEST_TITLE = 1000;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_SET = 32;
  private static final int LONGEST_AXES = 1000;
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_MEDIA_TYPE = 100;

  /** Facts of a split that views read as whole numbers, and one that is a share. */
  private static final Set<String> COUNTS = Set.of("train", "validation", "test");

  private static final String CHANCE = "chance";

  private static final Set<String> KINDS =
      Set.copyOf(Stream.of(ArtifactKind.values()).map(ArtifactRows::name).toList());

  private final RunRecord record;

  private RecordCheck(RunRecord record) {
    this.record = record;
  }

  /**
   * Checks a record.
   *
   * @throws InvalidBundle naming what is wrong
   */
  static void check(RunRecord record) throws InvalidBundle {
    new RecordCheck(record).check();
  }

  private void check() throws InvalidBundle {
    require(record.job() > 0 && record.origin().run() > 0, "job");
    require(LAB.matcher(record.origin().lab()).matches(), "origin");
    require(!record.title().isBlank() && record.title().length() <= LONGEST_TITLE, "title");
    require(record.code().stream().allMatch(code -> CODE.matcher(code).matches()), "code");
    require(
        record.tags().size() <= AnnotationRow.MOST_TAGS
            && present(record.tags())
            && record.tags().stream().allMatch(tag -> AnnotationRow.TAG.matcher(tag).matches()),
        "tags");
    require(
        record.note().stream().allMatch(note -> note.length() <= AnnotationRow.LONGEST_NOTE),
        "note");
    require(readable(), "worker");
    require(
        present(record.epochs()) && present(record.results()) && present(record.files()), "list");
    Set<Integer> epochs = new HashSet<>();
    for (EpochRow epoch : record.epochs()) {
      require(epoch.epoch() > 0 && epochs.add(epoch.epoch()), "epoch");
    }
    for (Value value : record.results()) {
      require(isPossible(value), "result " + shortened(value.output()));
    }
    Set<String> names = new HashSet<>();
    for (RecordedFile file : record.files()) {
      require(
          isPossible(file) && names.add(file.name()),
          "file '%s'".formatted(shortened(file.name())));
    }
  }

  private void require(boolean possible, String what) throws InvalidBundle {
    if (!possible) {
      throw new InvalidBundle("%s has an impossible %s".formatted(record.path(), what));
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(LONGEST_NAME, text.length())).replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean present(List<?> all) {
    return all.stream().allMatch(Objects::nonNull);
  }

  private boolean readable() {
    try {
      record.worker().map(Json::line).ifPresent(StoredWorker::read);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private boolean isPossible(Value value) {
    return value.output().length() <= LONGEST_NAME
        && value.metric().length() <= LONGEST_NAME
        && value.set().length() <= LONGEST_SET
        && Json.line(value.axes()).length() <= LONGEST_AXES
        && value.axes().properties().stream().allMatch(axis -> isScalar(axis.getValue()))
        && value.images().stream().allMatch(images -> images > 0)
        && (!isShare(value) || Double.isNaN(value.value()) || isShare(value.value()));
  }

  private static boolean isScalar(JsonNode axis) {
    return axis.isTextual() || axis.isNumber() || axis.isBoolean();
  }

  /** Whether a number is a share of images, as its experiment declares. */
  private boolean isShare(Value value) {
    return Experiments.find(record.spec().path("kind").asText()).stream()
        .flatMap(experiment -> experiment.outputs().stream())
        .filter(output -> output.name().equals(value.output()))
        .map(Output::metric)
        .anyMatch(Metric::countsImages);
  }

  private static boolean isShare(double number) {
    return number >= 0 && number <= 1;
  }

  private static boolean isPossible(RecordedFile file) {
    return isInside(file.name())
        && KINDS.contains(file.kind())
        && file.output().stream().allMatch(output -> output.length() <= LONGEST_NAME)
        && file.mediaType().length() <= LONGEST_MEDIA_TYPE
        && SHA256.matcher(file.sha256()).matches()
        && file.size() >= 0
        && file.facts().entrySet().stream()
            .allMatch(
                fact -> fact.getValue() != null && isPossible(fact.getKey(), fact.getValue()));
  }

  private static boolean isPossible(String fact, String value) {
    return (!COUNTS.contains(fact) || value.matches("\\d{1,9}"))
        && (!fact.equals(CHANCE) || value.matches("[01](\\.\\d{1,20})?"));
  }

  /** Whether a name stays inside the directory that it is resolved against. */
  private static boolean isInside(String name) {
    if (name.isEmpty() || name.length() > LONGEST_PATH) {
      return false;
    }
    try {
      Path path = Path.of(name);
      return !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
