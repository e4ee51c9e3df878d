package org.bagnetlab.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bagnetlab.queue.WorkerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LabConfigurationTests {

  @TempDir private Path directory = Path.of("");

  private LabConfiguration read(String text) throws IOException {
    Files.writeString(directory.resolve(LabConfiguration.FILE), text);
    return LabConfiguration.in(directory);
  }

  private void assertRefused(String text, String... why) {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> read(text))
        .withMessageContainingAll(why)
        .withMessageContaining(LabConfiguration.FILE);
  }

  @Test
  void withoutAFileOrWithAnEmptyOneEverythingIsStandard() throws IOException {
    assertThat(LabConfiguration.in(directory)).isEqualTo(LabConfiguration.standard());
    assertThat(read("")).isEqualTo(LabConfiguration.standard());
    assertThat(read("# nothing yet\n")).isEqualTo(LabConfiguration.standard());
    assertThat(read("workers: {}\n").workers().limits()).isEqualTo(WorkerLimits.standard());
  }

  @Test
  void whatIsSaidHolds() throws IOException {
    WorkerLimits limits =
        read("""
                workers:
                  silence: 90s
                  checkpointEvery: 10m
                  attempts: 2
                  retryAfter: 1h
                """)
            .workers()
            .limits();
    assertThat(limits.silence()).isEqualTo(Duration.ofSeconds(90));
    assertThat(limits.checkpoints()).isEqualTo(Duration.ofMinutes(10));
    assertThat(limits.patience().attempts()).isEqualTo(2);
    assertThat(limits.patience().longest()).isEqualTo(Duration.ofHours(1));
    assertThat(limits.cancelGrace()).isEqualTo(WorkerLimits.standard().cancelGrace());
  }

  @Test
  void whatMakesNoSenseIsRefusedByItsPlace() {
    assertRefused("workers:\n  silense: 90s\n", "workers.silense", "retryAfter, silence, stall");
    assertRefused("workers:\n  silence: soon\n", "workers.silence", "90s", "soon");
    assertRefused("workers:\n  attempts: -1\n", "attempts must be from 0");
    assertRefused("workers: a: b\n", "no YAML");
  }
}
