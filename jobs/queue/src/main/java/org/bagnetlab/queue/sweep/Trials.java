package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a sweep: every point of its grid combined with each of its cases and each random
 * draw. Trials are created lazily and share their values, so that thousands of them need little
 * memory.
 */
final class Trials {

  private static final Set<String> OF_THE_SEARCH = Set.of("trials", "seed");

  /** No trials. */
  static final Trials NONE =
      new Trials(Map.of(), List.of(), Grid.of(Map.of(), "grid"), Map.of(), 0, 1);

  private final Map<String, JsonNode> base;
  private final List<Map<String, JsonNode>> cases;
  private final Grid grid;
  private final Map<String, RandomValues> ranges;
  private final int draws;
  private final long seed;

  private Trials(
      Map<String, JsonNode> base,
      List<Map<String, JsonNode>> cases,
      Grid grid,
      Map<String, RandomValues> ranges,
      int draws,
      long seed) {
    this.base = base;
    this.cases = cases;
    this.grid = grid;
    this.ranges = ranges;
    this.draws = draws;
    this.seed = seed;
  }

  /**
   * The trials that the sections base, cases, grid and random describe.
   *
   * @throws InvalidSpec if a section itself is invalid, or there are too many trials
   */
  static Trials of(Fields sweep) {
    Map<String, JsonNode> base = sweep.section("base").map(Fields::values).orElse(Map.of());
    base.forEach((name, value) -> SingleValue.check("base." + name, value));
    List<Map<String, JsonNode>> cases = cases(sweep.values().get("cases"));
    Grid grid = Grid.of(sweep.section("grid").map(Fields::values).orElse(Map.of()), "grid");
    var _ = SweepSize.checked("cases", (long) grid.size() * cases.size());
    return sweep
        .section("random")
        .map(random -> searched(base, cases, grid, random))
        .orElseGet(() -> new Trials(base, cases, grid, Map.of(), 1, 1));
  }

  /** Settings that belong together; a single empty case if there are none. */
  private static List<Map<String, JsonNode>> cases(@Nullable JsonNode given) {
    if (given == null || given.isNull()) {
      return List.of(Map.of());
    }
    List<Map<String, JsonNode>> cases = new ArrayList<>();
    for (JsonNode each : given) {
      if (!each.isObject()) {
        throw new InvalidSpec(
            "cases",
            "Each entry of cases must be a mapping of settings, but one is %s."
                .formatted(Excerpt.of(each)));
      }
      Map<String, JsonNode> settings = Fields.of(each).values();
      settings.forEach((name, value) -> SingleValue.check("cases." + name, value));
      cases.add(settings);
    }
    if (!given.isArray() || cases.isEmpty()) {
      throw new InvalidSpec(
          "cases",
          "cases must be a list of mappings of settings, but is %s.".formatted(Excerpt.of(given)));
    }
    return cases;
  }

  private static Trials searched(
      Map<String, JsonNode> base, List<Map<String, JsonNode>> cases, Grid grid, Fields random) {
    int trials = random.integer("trials", 1, SweepSize.MOST_JOBS).orElse(0);
    if (trials == 0) {
      throw new InvalidSpec("random.trials", "random.trials is missing: set the number of trials.");
    }
    Map<String, RandomValues> ranges = new LinkedHashMap<>();
    random
        .values()
        .forEach(
            (name, values) -> {
              if (!OF_THE_SEARCH.contains(name)) {
                ranges.put(name, RandomValues.of(random.place(name), values));
              }
            });
    var _ = SweepSize.checked("grid", (long) grid.size() * cases.size() * trials);
    return new Trials(base, cases, grid, ranges, trials, random.number("seed").orElse(1L));
  }

  /** Passes each trial's settings to a reader. */
  void forEach(Consumer<ObjectNode> reader) {
    Random source = new Random(seed);
    for (int draw = 0; draw < draws; draw++) {
      Map<String, JsonNode> drawn = new LinkedHashMap<>();
      ranges.forEach((name, range) -> drawn.put(name, range.draw(source)));
      for (int point = 0; point < grid.size(); point++) {
        for (Map<String, JsonNode> each : cases) {
          ObjectNode trial = Json.MAPPER.createObjectNode().put("kind", "train");
          trial.setAll(base);
          trial.setAll(each);
          trial.setAll(grid.point(point));
          trial.setAll(drawn);
          reader.accept(trial);
        }
      }
    }
  }
}
