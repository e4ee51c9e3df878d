package org.bagnetlab.storage.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tags and notes are kept as they were written, as long as their job. */
@Timeout(60)
class AnnotationTableTests {

  @TempDir Path directory;

  @Test
  void tagsAndNotesAreStoredReplacedAndRemovedWithTheirJob() {
    try (Database database = Database.open(directory.resolve("test"))) {
      long job = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
      AnnotationRow tagged =
          AnnotationRow.none(job).withTags(List.of("paper", "best", "paper"), List.of("paper"));
      assertThat(tagged.tags()).containsExactly("best", "paper");
      assertThat(tagged.withTags(List.of("new"), List.of("best", "unknown")).tags())
          .containsExactly("new", "paper");
      put(database, tagged);
      AnnotationRow noted = tagged.withNote("A note\nof two lines");
      put(database, noted);
      assertThat(database.read(tables -> tables.annotations().all()).join()).containsExactly(noted);
      put(database, noted.withTags(List.of(), List.of("best", "paper")));
      assertThat(database.read(tables -> tables.annotations().find(job)).join())
          .map(AnnotationRow::tags)
          .contains(List.of());
      put(database, AnnotationRow.none(job));
      assertThat(database.read(tables -> tables.annotations().find(job)).join())
          .isEqualTo(Optional.empty());
      put(database, noted);
      database
          .write(
              tables -> {
                tables.jobs().delete(job);
                return job;
              })
          .join();
      assertThat(database.read(tables -> tables.annotations().all()).join()).isEmpty();
    }
  }

  private static void put(Database database, AnnotationRow row) {
    database
        .write(
            tables -> {
              tables.annotations().put(row);
              return row.job();
            })
        .join();
  }
}
