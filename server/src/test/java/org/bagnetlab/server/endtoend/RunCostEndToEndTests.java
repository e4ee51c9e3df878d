package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run is said to have cost is what the system says of its process. */
@Timeout(300)
class RunCostEndToEndTests {

  private static final String TRAINING =
      """
      {"kind": "train", "architecture": "bagnet17", "dataset": "small-scenes", "imageSize": 64,
       "width": 0.1, "epochs": 4, "batchSize": 8}
      """;

  private static final long TICKS_PER_SECOND = 100; // of Linux's interface, on all machines

  @TempDir private Path data = Path.of("");

  /** The processor time and the peak memory of a process, as it last was. */
  private static final class Watched {

    private final Path process;
    private double processorSeconds;
    private long peakMemory;

    Watched(long pid) {
      process = Path.of("/proc", String.valueOf(pid));
    }

    /** Reads until the process is gone. */
    void untilItEnds() {
      while (Files.exists(process)) {
        try {
          read();
        } catch (IOException e) {
          return; // it ended meanwhile
        }
      }
    }

    private void read() throws IOException {
      // The name in parentheses may contain blanks; user and system time are the 14th and 15th.
      String stat = Files.readString(process.resolve("stat"));
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      List<String> status = Files.readAllLines(process.resolve("status"));
      long ticks = Long.parseLong(rest[11]) + Long.parseLong(rest[12]);
      status.stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .forEach(line -> peakMemory = Long.parseLong(line.replaceAll("\\D", "")) * 1024);
      processorSeconds = (double) ticks / TICKS_PER_SECOND;
    }
  }

  @Test
  void theCostOfATrainingIsThatOfItsProcess() throws Exception {
    Application application = new Application(data).withSmallScenes();
    Application.Running server = application.serve();
    try {
      Lab lab = new Lab(server.address());
      long id = lab.post("jobs", TRAINING).path("id").asLong();
      JsonNode running =
          lab.await(
              id,
              Duration.ofMinutes(2),
              job -> job.path("state").asText().equals("RUNNING") && job.has("worker"));
      Watched worker = new Watched(running.path("worker").path("pid").asLong());
      worker.untilItEnds();
      JsonNode ended =
          lab.await(
              id,
              Duration.ofMinutes(2),
              job -> !job.path("state").asText().matches("QUEUED|RUNNING"));
      assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
      JsonNode cost = lab.get("runs/" + id).path("cost");
      assertThat(cost.path("processorSeconds").asDouble())
          .isCloseTo(worker.processorSeconds, withinPercentage(5));
      assertThat(cost.path("peakMemoryBytes").asLong())
          .isCloseTo(worker.peakMemory, withinPercentage(5));
      double seconds =
          Duration.between(
                      Instant.parse(ended.path("startedAt").asText()),
                      Instant.parse(ended.path("endedAt").asText()))
                  .toMillis()
              / 1000.;
      assertThat(cost.path("deviceSeconds").asDouble())
          .isGreaterThan(.5 * seconds) // the worker's start is not its
          .isLessThanOrEqualTo(seconds);
      assertThat(cost.path("imagesPerSecond").asDouble()).isPositive();
    } finally {
      server.kill();
    }
  }
}
