package org.bagnetlab.server.results.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a sweep plots, from workers that only pretend to train. */
@Timeout(60)
class SweepTrialsTests {

  private static JsonNode trials(Path data, String sweep, String definition) throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      assertThat(server.post("/sweeps", definition).statusCode()).isEqualTo(201);
      events.await(
          event -> event.data().path("id").asText().equals(sweep) && event.data().has("endedAt"));
      assertThat(server.get("/api/v1/sweeps/none/trials").statusCode()).isEqualTo(404);
      return server.json("/sweeps/" + sweep + "/trials");
    }
  }

  private static List<String> each(JsonNode found, String field) {
    return StreamSupport.stream(found.path("trials").spliterator(), false)
        .map(trial -> trial.path(field).asText())
        .toList();
  }

  @Test
  void trialsThatWentWrongAreTold(@TempDir Path data) throws Exception {
    JsonNode found =
        trials(
            data,
            "rates",
            """
            {"name": "rates", "grid": {"learningRate": [0.01, 1], "seed": [1, 2]},
             "base": {"dataset": "controlled-15", "architecture": "resnet50", "recipe": "sgd"}}
            """);
    assertThat(found.path("settings").findValuesAsText("name"))
        .containsExactlyInAnyOrder("learningRate", "seed");
    assertThat(each(found, "outcome"))
        .containsExactly("finished", "finished", "diverged", "diverged");
    JsonNode diverged = found.path("trials").path(2);
    assertThat(diverged.path("settings").path("learningRate").asDouble()).isEqualTo(1);
    assertThat(diverged.has("accuracy")).isTrue();
    assertThat(diverged.has("compared")).isFalse();
    // Equal trials share a rank.
    assertThat(found.path("best")).hasSizeBetween(1, 2).allMatch(job -> job.asLong() <= 2);
    // One setting finished, with two seeds.
    assertThat(found.path("bestSettings")).hasSize(1);
    JsonNode best = found.path("bestSettings").path(0);
    assertThat(best.path("dataset").asText()).isEqualTo("controlled-15");
    assertThat(best.path("trials").asInt()).isEqualTo(2);
    assertThat(best.path("best").path("validation").path("n").asInt()).isEqualTo(2);
    assertThat(best.path("best").path("validation").path("images").asInt()).isPositive();
    assertThat(best.has("next")).isFalse();
    assertThat(found.path("curves")).isEmpty();
    assertThat(found.has("startedAt")).isTrue();
    assertThat(found.path("trials").path(0).has("until")).isTrue();
  }

  @Test
  void theBestIsToldWithItsSeedsAndTheNextSetting(@TempDir Path data) throws Exception {
    JsonNode best =
        trials(
                data,
                "rates",
                """
                {"name": "rates", "grid": {"learningRate": [0.01, 0.02], "seed": [1, 2, 3]},
                 "base": {"dataset": "controlled-15", "architecture": "bagnet9", "recipe": "sgd"}}
                """)
            .path("bestSettings")
            .path(0);
    JsonNode reached = best.path("best").path("validation");
    assertThat(reached.path("n").asInt()).isEqualTo(3);
    assertThat(reached.path("low").asDouble()).isLessThan(reached.path("mean").asDouble());
    assertThat(best.path("next").path("validation").path("n").asInt()).isEqualTo(3);
    assertThat(best.path("next").path("job").asLong())
        .isNotEqualTo(best.path("best").path("job").asLong());
  }

  @Test
  void choicesHaveDisplayNamesInTheOrderOfForms(@TempDir Path data) throws Exception {
    JsonNode settings =
        trials(
                data,
                "networks",
                """
                {"name": "networks", "grid": {"architecture": ["bagnet9", "resnet50"], "seed": [1]},
                 "base": {"dataset": "controlled-15"}}
                """)
            .path("settings");
    assertThat(settings.findValuesAsText("name")).containsExactly("architecture");
    JsonNode choices = settings.path(0).path("choices");
    assertThat(choices.findValuesAsText("value")).containsSubsequence("resnet50", "bagnet9");
    assertThat(choices.findValuesAsText("title")).containsSubsequence("ResNet-50", "BagNet-9");
  }
}
