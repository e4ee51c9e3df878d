package org.bagnetlab.queue.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a search draws, and what it proposes. */
@Timeout(30)
class SearchTests {

  private static Search search(String json) throws Exception {
    return Trials.of(
            Fields.of(Json.MAPPER.readTree("{'random': %s}".formatted(json).replace('\'', '"'))))
        .search()
        .orElseThrow();
  }

  private static final String LEARNING =
      """
      {'trials': 40, 'sampler': 'tpe', 'startup': 5, 'rate': {'from': 0.001, 'to': 1, 'scale': 'log'},
       'share': {'from': 0.0, 'to': 0.5}, 'count': {'from': 3, 'to': 7},
       'size': {'from': 2, 'to': 512, 'scale': 'log'}, 'schedule': ['cosine', 'step', null]}
      """;

  /** So that results are where the estimator placed them. */
  @Test
  void theCoordinateOfAValueIsWhereItWasDrawn() throws Exception {
    Search search = search(LEARNING);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      ObjectNode drawn = search.draw(random);
      search
          .ranges()
          .forEach(
              (name, range) -> {
                JsonNode value = drawn.path(name);
                assertThat(range.at(range.coordinate(value))).isEqualTo(value);
              });
    }
    RandomValues rate = range(search, "rate");
    assertThat(rate.coordinate(rate.at(0.5))).isCloseTo(0.5, within(1e-3));
    assertThat(range(search, "count").at(1).intValue()).isEqualTo(7);
  }

  private static RandomValues range(Search search, String name) {
    return Objects.requireNonNull(search.ranges().get(name));
  }

  private static List<Search.Result> results(Search search, int count) {
    Random random = new Random(2);
    List<Search.Result> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectNode drawn = search.draw(random);
      // Best at a rate of 0.1, and with cosine.
      double distance = Math.abs(Math.log10(drawn.path("rate").doubleValue()) + 1);
      results.add(
          new Search.Result(
              drawn,
              (drawn.path("schedule").asText().equals("cosine") ? 0.9 : 0.7) - distance / 10));
    }
    return results;
  }

  @Test
  void proposalsAreNearTheBestResults() throws Exception {
    Search search = search(LEARNING);
    List<Search.Result> results = results(search, 40);
    int near = 0;
    int cosine = 0;
    for (int trial = 0; trial < 100; trial++) {
      ObjectNode proposed = search.proposals(results, trial).findFirst().orElseThrow();
      near += Math.abs(Math.log10(proposed.path("rate").doubleValue()) + 1) < 0.5 ? 1 : 0;
      cosine += proposed.path("schedule").asText().equals("cosine") ? 1 : 0;
    }
    // A third of the draws would be either.
    assertThat(near).isGreaterThan(80);
    assertThat(cosine).isGreaterThan(80);
  }

  @Test
  void proposalsDependOnTheResultsTheSeedAndTheTrial() throws Exception {
    Search search = search(LEARNING);
    List<Search.Result> results = results(search, 20);
    ObjectNode proposed = search.proposals(results, 7).findFirst().orElseThrow();
    assertThat(search.proposals(results, 7).findFirst()).contains(proposed);
    assertThat(search.proposals(results, 8).findFirst().orElseThrow()).isNotEqualTo(proposed);
    assertThat(search.proposals(results, 7).skip(1).findFirst().orElseThrow())
        .isNotEqualTo(proposed);
    Search other = search(LEARNING.replace("'trials'", "'seed': 2, 'trials'"));
    assertThat(other.proposals(results, 7).findFirst().orElseThrow()).isNotEqualTo(proposed);
  }

  @Test
  void nothingIsProposedBeforeThereAreEnoughResults() throws Exception {
    Search search = search(LEARNING);
    assertThat(search.proposals(results(search, 4), 4)).isEmpty();
    assertThat(search.proposals(results(search, 5), 5).limit(1)).hasSize(1);
    Search random = search("{'trials': 40, 'rate': [1, 2]}");
    assertThat(random.learns()).isFalse();
    assertThat(random.proposals(results(search, 20), 20)).isEmpty();
  }
}
