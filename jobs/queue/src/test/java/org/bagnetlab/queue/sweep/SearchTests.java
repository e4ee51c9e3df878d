package org.bagnetlab.queue.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a search draws, and what it proposes. */
@Timeout(30)
class SearchTests {

  private static final ObjectNode NONE = Json.MAPPER.createObjectNode();

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

  private static ObjectNode first(Search search, List<Search.Result> results, int trial) {
    return search.candidates(results, trial, NONE).findFirst().orElseThrow();
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
              Optional.of(
                  (drawn.path("schedule").asText().equals("cosine") ? 0.9 : 0.7) - distance / 10)));
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
      ObjectNode proposed = first(search, results, trial);
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
    ObjectNode proposed = first(search, results, 7);
    assertThat(first(search, results, 7)).isEqualTo(proposed);
    assertThat(first(search, results, 8)).isNotEqualTo(proposed);
    assertThat(search.candidates(results, 7, NONE).skip(1).findFirst().orElseThrow())
        .isNotEqualTo(proposed);
    Search other = search(LEARNING.replace("'trials'", "'seed': 2, 'trials'"));
    assertThat(first(other, results, 7)).isNotEqualTo(proposed);
  }

  @Test
  void nothingIsProposedBeforeThereAreEnoughResults() throws Exception {
    Search search = search(LEARNING);
    assertThat(search.candidates(results(search, 4), 4, NONE)).isEmpty();
    assertThat(search.candidates(results(search, 5), 5, NONE).limit(1)).hasSize(1);
    Search random = search("{'trials': 40, 'rate': [1, 2]}");
    assertThat(random.learns()).isFalse();
    assertThat(random.candidates(results(search, 20), 20, NONE)).isEmpty();
  }

  /** They would look untried otherwise. */
  @Test
  void valuesThatFailAreAvoided() throws Exception {
    Search search = search("{'trials': 40, 'sampler': 'tpe', 'batchSize': [8, 16, 512]}");
    List<Search.Result> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(result(i % 2 == 0 ? 8 : 16, Optional.of(i / 10.0)));
    }
    List<ObjectNode> untried = search.candidates(results, 10, NONE).limit(20).toList();
    assertThat(untried).anyMatch(each -> each.path("batchSize").intValue() == 512);
    for (int i = 0; i < 3; i++) {
      results.add(result(512, Optional.empty()));
    }
    // Failures do not take part in the count of results.
    assertThat(search.candidates(results.subList(1, 13), 12, NONE)).isEmpty();
    assertThat(search.candidates(results, 13, NONE).limit(20))
        .noneMatch(each -> each.path("batchSize").intValue() == 512);
  }

  private static Search.Result result(int batchSize, Optional<Double> accuracy) {
    return new Search.Result(Json.MAPPER.createObjectNode().put("batchSize", batchSize), accuracy);
  }

  /** The estimator sees values, not the positions that are rounded to them. */
  @Test
  void ofWholeNumbersTheBestIsProposed() throws Exception {
    Search search = search("{'trials': 99, 'sampler': 'tpe', 'count': {'from': 1, 'to': 3}}");
    List<Search.Result> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int count = i % 3 + 1;
      results.add(
          new Search.Result(
              Json.MAPPER.createObjectNode().put("count", count),
              Optional.of(count == 2 ? 0.9 : 0.1)));
    }
    int best = 0;
    for (int trial = 40; trial < 90; trial++) {
      best += first(search, results, trial).path("count").intValue() == 2 ? 1 : 0;
    }
    assertThat(best).isGreaterThan(40);
  }

  @Test
  void anExhaustedSpaceIsLeftByWhatWasDrawnAndThenByOtherDraws() throws Exception {
    Search search = search(LEARNING);
    ObjectNode drawn = search.draw(new Random(9));
    List<ObjectNode> candidates = search.candidates(results(search, 20), 20, drawn).toList();
    assertThat(candidates).hasSize(41);
    assertThat(candidates.get(20)).isSameAs(drawn);
  }
}
