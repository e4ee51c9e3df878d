package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The GPUs are read without any request. */
@Timeout(30)
class GpuWatchTests {

  private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Inventory> readings = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Inventory awaitReading() throws InterruptedException {
    Inventory reading = readings.poll(20, TimeUnit.SECONDS);
    assertThat(reading).isNotNull();
    return reading;
  }

  @Test
  void beginsWithWhatIsKnownAndTellsEachReadingWithItsTime() throws Exception {
    SmiScript script = new SmiScript(folder, SmiScript.busyAndFree());
    NvidiaSmi smi = script.smi(new MinuteByMinute());
    smi.inventory();
    GpuWatch watch = new GpuWatch(vertx, smi);
    watch.start(OFTEN, () -> true, readings::add);
    Inventory first = awaitReading();
    assertThat(first.at()).isEqualTo(START);
    assertThat(first.gpus().getFirst().utilisation()).hasValue(97);
    assertThat(first.gpus().getFirst().power()).hasValue(212.47);
    script.says(SmiScript.free());
    awaitReading(); // may have begun before
    Inventory third = awaitReading();
    watch.stop();
    assertThat(third.at()).isEqualTo(START.plus(Duration.ofMinutes(2)));
    assertThat(third.gpus().getFirst().temperature()).hasValue(34);
    assertThat(watch.latest()).hasSize(2);
  }

  /** A reading may wake a GPU, so those that no job uses are read less often. */
  @Test
  void gpusWithoutJobsAreReadASixthAsOften() throws Exception {
    GpuWatch watch =
        new GpuWatch(vertx, new SmiScript(folder, SmiScript.free()).smi(new MinuteByMinute()));
    AtomicInteger asked = new AtomicInteger();
    watch.start(
        OFTEN,
        () -> {
          asked.incrementAndGet();
          return false;
        },
        readings::add);
    awaitReading();
    assertThat(asked).hasValueGreaterThanOrEqualTo(6);
    watch.stop();
  }

  @Test
  void aDriverThatIsNotThereHasNoGpus() throws Exception {
    SmiScript script = new SmiScript(folder, SmiScript.recorded("no-driver"));
    GpuWatch watch = new GpuWatch(vertx, script.smi(new MinuteByMinute()));
    watch.start(OFTEN, () -> true, readings::add);
    assertThat(awaitReading().gpus()).isEmpty();
    watch.stop();
    assertThat(watch.latest()).isEmpty();
  }

  /** A minute passes whenever somebody asks for the time. */
  private static final class MinuteByMinute extends Clock {

    private final AtomicLong minutes = new AtomicLong();

    @Override
    public Instant instant() {
      return START.plus(Duration.ofMinutes(minutes.getAndIncrement()));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
