package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night in a minute: workers and the server are killed and stopped, the disk fills up, and the
 * newest states of trainings are cut, in an order that a seed decides. In the morning every job has
 * ended as it would have undisturbed.
 *
 * <p>{@code ./bagnetlab test --chaos 10m} makes the night longer, {@code --seed N} another one.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
@Order(1) // it takes the longest
class ChaosEndToEndTests {

  private static final Duration NIGHT =
      Duration.ofSeconds(Long.getLong("bagnetlab.chaos.seconds", 45));
  private static final long SEED = Long.getLong("bagnetlab.chaos.seed", 1);

  /** How long the lab may take for what is left in the morning, and each fault to happen once. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * Room for what is computed in that time, and for the database and a copy of it after some big
   * sweeps, so that only a filled disk is full.
   */
  private static final int MEGABYTES = Math.toIntExact(352 + 4 * NIGHT.toMinutes());

  @TempDir private Path root = Path.of("");

  @Test
  void inTheMorningEveryJobHasEndedAsItWouldHaveUndisturbed() throws Exception {
    Diary diary = new Diary("Chaos with seed " + SEED);
    try {
      int sweeps;
      Map<String, JsonNode> disturbed;
      Set<String> left;
      try (Night night = new Night(root.resolve("night"), MEGABYTES)) {
        night.queueMore();
        Faults faults = new Faults(night, diary, SEED);
        faults.come(NIGHT, PATIENCE);
        night.awaitMorning(PATIENCE);
        diary.note("it is morning");
        sweeps = night.sweeps();
        disturbed = night.outcomes();
        left = night.end();
        left.removeIf(faults::isQuarantined);
      }
      try (Night quiet = new Night(root.resolve("quiet"), MEGABYTES)) {
        while (quiet.sweeps() < sweeps) {
          quiet.queueMore();
        }
        quiet.awaitMorning(PATIENCE.plus(NIGHT));
        diary.note("the same jobs are done undisturbed");
        Map<String, JsonNode> undisturbed = quiet.outcomes();
        assertThat(undisturbed).hasSize(sweeps * Night.TRAININGS * Night.JOBS);
        undisturbed.forEach(ChaosEndToEndTests::assertDone);
        assertThat(disturbed.keySet()).isEqualTo(undisturbed.keySet());
        disturbed.forEach(
            (job, found) -> assertThat(found).as(job).isEqualTo(undisturbed.get(job)));
        assertThat(left).isEqualTo(quiet.end());
      }
    } finally {
      System.out.println(diary);
    }
  }

  /** What was asked for is done: nights in which nothing works would be equal, too. */
  private static void assertDone(String name, JsonNode job) {
    boolean possible = !job.path("spec").path("kind").asText().equals("heatmap");
    assertThat(job.path("state").asText()).as(name).isEqualTo(possible ? "SUCCEEDED" : "FAILED");
    if (!possible) {
      assertThat(job.path("error").path("family").asText()).as(name).isEqualTo("USER_ERROR");
      return;
    }
    assertThat(job.path("results").path("test").path("images").asInt())
        .as(name)
        .isEqualTo(SmallScenes.TEST_IMAGES);
    if (job.path("spec").path("kind").asText().equals("train")) {
      assertThat(job.path("history")).as(name).hasSize(Night.EPOCHS);
      assertThat(job.path("files").asText()).as(name).contains("best.safetensors");
    }
  }
}
