package org.bagnetlab.server.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ForecastTextTests {

  @Test
  void theEndOfASweepIsInTheTimeOfThisComputer() throws Exception {
    LocalDateTime end = LocalDateTime.of(2026, 3, 1, 7, 12);
    JsonNode forecast =
        Json.MAPPER.readTree(
            """
            {"sweeps": [
              {"id": "day", "behind": 12},
              {"id": "night", "expectedEnd": "%s"},
              {"id": "halving"}
            ]}
            """
                .formatted(end.atZone(ZoneId.systemDefault()).toInstant()));
    assertThat(ForecastText.of(forecast, "night")).isEqualTo("; done about 2026-03-01 07:12");
    assertThat(ForecastText.of(forecast, "day"))
        .isEqualTo("; time left not known yet: it depends on job 12");
    assertThat(ForecastText.of(forecast, "halving")).isEqualTo("; time left not known");
    assertThat(ForecastText.of(forecast, "held")).isEmpty();
  }
}
