package org.bagnetlab.server.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are looked at once for all who ask, and who has an answer does not wait. */
@Timeout(60)
class MeasuredUseTests {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanoTime = new AtomicLong();

  /** A look lasts until its answer is given here. */
  private final SynchronousQueue<Long> answers = new SynchronousQueue<>();

  private final MeasuredUse use = new MeasuredUse(vertx, this::look, nanoTime::get);

  @AfterEach
  void close() {
    TestServer.result(vertx.close());
  }

  private DiskUse look() throws IOException, InterruptedException {
    long bytes = answers.take();
    if (bytes < 0) {
      throw new IOException("stale file handle");
    }
    return new DiskUse(Map.of("artifacts", bytes), Map.of());
  }

  private static long total(Future<DiskUse> answer) {
    return TestServer.result(answer).total();
  }

  @Test
  void whoAsksMeanwhileGetsTheSameAnswer() throws Exception {
    Future<DiskUse> first = use.now();
    Future<DiskUse> second = use.lately();
    answers.put(7L);
    assertThat(total(first)).isEqualTo(7);
    assertThat(total(second)).isEqualTo(7);
    assertThat(total(use.now())).isEqualTo(7);
  }

  @Test
  void aJobStartsByWhatIsKnownWhileFilesAreLookedAtAgain() throws Exception {
    Future<DiskUse> first = use.now();
    answers.put(7L);
    assertThat(total(first)).isEqualTo(7);
    nanoTime.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(total(use.lately())).isEqualTo(7);
    Future<DiskUse> again = use.now();
    answers.put(8L);
    assertThat(total(again)).isEqualTo(8);
    assertThat(total(use.lately())).isEqualTo(8);
  }

  @Test
  void whatPeopleDeletedCountsAtOnceEvenIfToLookTakesLong() throws Exception {
    Future<DiskUse> first = use.now();
    nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
    answers.put(7L);
    assertThat(total(first)).isEqualTo(7);
    nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
    use.forget();
    assertThat(total(use.now())).isEqualTo(7);
    use.freed();
    Future<DiskUse> second = use.now();
    // These may have been counted already.
    use.freed();
    answers.put(6L);
    assertThat(total(second)).isEqualTo(6);
    Future<DiskUse> third = use.now();
    answers.put(5L);
    assertThat(total(third)).isEqualTo(5);
  }

  @Test
  void aFailureIsTriedAgain() throws Exception {
    Future<DiskUse> first = use.now();
    answers.put(-1L);
    Assertions.assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> TestServer.result(first))
        .withMessageContaining("stale file handle");
    Future<DiskUse> second = use.lately();
    answers.put(7L);
    assertThat(total(second)).isEqualTo(7);
  }
}
