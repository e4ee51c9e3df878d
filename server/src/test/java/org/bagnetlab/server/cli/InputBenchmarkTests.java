package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark of the input takes the options of a training. */
@Timeout(120)
class InputBenchmarkTests {

  @TempDir Path data;

  private int run(TerminalOfTests terminal, String command) {
    return terminal.run((command + " --data " + data).split(" "));
  }

  @Test
  void itSaysTheRateOfATrainingsSettings() throws Exception {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      String command =
          "bench input --dataset controlled-15 --recipe augmented --batch 8 --train-images 2"
              + " --threads 2 --seconds 1 --json";
      assertThat(run(terminal, command)).isZero();
      JsonNode result = Json.MAPPER.readTree(terminal.said());
      assertThat(result.path("dataset").asText()).isEqualTo("controlled-15");
      assertThat(result.path("size").asInt()).isEqualTo(64);
      assertThat(result.path("batch").asInt()).isEqualTo(8);
      assertThat(result.path("threads").asInt()).isEqualTo(2);
      assertThat(result.path("trainingImages").asInt()).isEqualTo(30);
      assertThat(result.path("trainingImagesRead").asInt()).isEqualTo(30);
      assertThat(result.path("seconds").asDouble()).isGreaterThanOrEqualTo(1);
      double rate = result.path("imagesPerSecond").asDouble();
      assertThat(rate)
          .isPositive()
          .isEqualTo(result.path("images").asLong() / result.path("seconds").asDouble());
      assertThat(result.path("microsecondsPerImage").asDouble())
          .isCloseTo(2e6 / rate, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench input | 2 | Missing required option: '--dataset=DATASET'",
        "bench input --dataset none | 1 | none",
        "bench input --dataset controlled-15 --flip 2 | 1 | flip must be from 0 to 1",
        "bench input --dataset controlled-15 --threads 0 | 1 | --threads must be at least 1",
        "bench input --dataset controlled-15 --seconds 0 | 1 | --seconds must be at least 1",
      })
  void whatCannotBeMeasuredIsRefused(String command, int code, String words) {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(run(terminal, command)).isEqualTo(code);
      assertThat(terminal.said()).contains(words);
    }
  }

  @Test
  void theOtherBenchmarksNeedANetwork() {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(terminal.run("bench", "infer")).isEqualTo(2);
      assertThat(terminal.said()).contains("Missing required option: '--arch");
    }
  }
}
