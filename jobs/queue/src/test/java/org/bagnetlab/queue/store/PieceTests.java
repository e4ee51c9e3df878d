package org.bagnetlab.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A piece of a large change ends after so many jobs, or so long. */
class PieceTests {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7);
  private final Piece piece = Piece.next(clock::get);

  @Test
  void ofQuickJobsItHasAHundred() {
    for (int job = 0; job < Piece.JOBS; job++) {
      assertThat(piece.isFull()).isFalse();
      piece.add();
    }
    assertThat(piece.isFull()).isTrue();
  }

  @Test
  void ofSlowJobsItHasThoseOfFiftyMilliseconds() {
    piece.add();
    clock.addAndGet(Duration.ofMillis(50).toNanos() - 1);
    assertThat(piece.isFull()).isFalse();
    clock.addAndGet(1);
    assertThat(piece.isFull()).isTrue();
  }

  @Test
  void itHasOneHoweverLongThatTakes() {
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(piece.isFull()).isFalse();
  }

  @Test
  void theWholeHasNoBound() {
    Piece whole = Piece.whole();
    for (int job = 0; job < 100 * Piece.JOBS; job++) {
      whole.add();
    }
    assertThat(whole.isFull()).isFalse();
  }
}
