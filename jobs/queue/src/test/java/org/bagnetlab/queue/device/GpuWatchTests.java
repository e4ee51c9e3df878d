package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readings of GPUs are kept without any request. */
@Timeout(30)
class GpuWatchTests {

  private static final String TITAN = "GPU-b3c4d5e6-0a1b-4c2d-8e3f-405162738495";
  private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void awaitLook() throws InterruptedException {
    assertThat(looks.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void beginsWithWhatIsKnownAndRemembersEachLookWithItsTime() throws Exception {
    SmiScript script = new SmiScript(folder, SmiScript.busyAndFree());
    NvidiaSmi smi = script.smi(new MinuteByMinute());
    smi.inventory();
    GpuWatch watch = new GpuWatch(vertx, smi);
    watch.start(OFTEN, () -> looks.add(true));
    script.says(SmiScript.free());
    awaitLook();
    awaitLook();
    watch.stop();
    GpuWatch.Point first = watch.points(TITAN).get(0);
    assertThat(first.at()).isEqualTo(START);
    assertThat(first.utilisation()).isEqualTo(OptionalLong.of(97));
    GpuWatch.Point third = watch.points(TITAN).get(2);
    assertThat(third.at()).isEqualTo(START.plus(Duration.ofMinutes(2)));
    assertThat(third.temperature()).isEqualTo(OptionalLong.of(34));
    assertThat(watch.latest()).hasSize(2);
  }

  /** A gap in the history is one; it is not bridged by what was seen before. */
  @Test
  void readingsThatNvidiaSmiDoesNotReportAreUnknown() throws Exception {
    SmiScript script = new SmiScript(folder, SmiScript.recorded("no-driver"));
    GpuWatch watch = new GpuWatch(vertx, script.smi(new MinuteByMinute()));
    watch.start(OFTEN, () -> looks.add(true));
    awaitLook();
    watch.stop();
    assertThat(watch.latest()).isEmpty();
    assertThat(watch.points(TITAN)).isEmpty();
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
