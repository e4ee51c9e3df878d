package org.bagnetlab.storage.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RevisionsTests {

  private final Revisions revisions = new Revisions();

  private static Set<Long> jobs(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
  }

  @Test
  void knowsWhatWasChangedSinceAnyOfTheLastRevisions() {
    assertThat(revisions.since(revisions.current())).contains(Set.of());
    revisions.add(Set.of(1L));
    long first = revisions.current();
    revisions.add(Set.of(2L, 3L));
    revisions.add(Set.of(2L));
    assertThat(revisions.since(first)).contains(Set.of(2L, 3L));
    assertThat(revisions.since(0)).contains(Set.of(1L, 2L, 3L));
    assertThat(revisions.since(revisions.current())).contains(Set.of());
  }

  @Test
  void forgetsWhatWasChangedLongAgo() {
    revisions.add(Set.of(1L));
    long first = revisions.current();
    revisions.add(jobs(1, 6000));
    long second = revisions.current();
    revisions.add(jobs(1, 6000));
    assertThat(revisions.since(0)).isEmpty();
    assertThat(revisions.since(first)).isEmpty();
    assertThat(revisions.since(second)).contains(jobs(1, 6000));
  }

  @Test
  void aChangeOfTooManyJobsIsForgottenAtOnce() {
    revisions.add(jobs(1, 20_000));
    assertThat(revisions.since(0)).isEmpty();
    assertThat(revisions.since(revisions.current())).contains(Set.of());
  }
}
