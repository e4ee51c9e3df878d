package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.Trial;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a sweep: every point of its grid combined with each of its cases and each random
 * draw. Trials are created lazily and share their values, so that thousands of them need little
 * memory.
 */
public final class Trials {

  /** No trials. */
  static final Trials NONE =
      new Trials(Map.of(), List.of(), Grid.of(Map.of(), "grid"), Optional.empty());

  private final Map<String, JsonNode> base;
  private final List<Map<String, JsonNode>> cases;
  private final Grid grid;
  private final Optional<Search> search;

  private Trials(
      Map<String, JsonNode> base,
      List<Map<String, JsonNode>> cases,
      Grid grid,
      Optional<Search> search) {
    this.base = base;
    this.cases = cases;
    this.grid = grid;
    this.search = search;
  }

  /**
   * The trials that the sections base, cases, grid and random describe.
   *
   * @throws InvalidSpec if a section itself is invalid, or there are too many trials
   */
  public static Trials of(Fields sweep) {
    Map<String, JsonNode> base = sweep.section("base").map(Fields::values).orElse(Map.of());
    base.forEach((name, value) -> SingleValue.check("base." + name, value));
    List<Map<String, JsonNode>> cases = cases(sweep.values().get("cases"));
    Grid grid = Grid.of(sweep.section("grid").map(Fields::values).orElse(Map.of()), "grid");
    var _ = SweepSize.checked("cases", (long) grid.size() * cases.size());
    Optional<Search> search = sweep.section("random").map(Search::of);
    search.ifPresent(
        random -> SweepSize.checked("grid", (long) grid.size() * cases.size() * random.trials()));
    return new Trials(base, cases, grid, search);
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

  /** The search over random values; empty if there is none. */
  public Optional<Search> search() {
    return search;
  }

  /** Passes each training's settings, and which trial of the search it is, to a reader. */
  void forEach(BiConsumer<ObjectNode, Optional<Trial>> reader) {
    Random random = new Random(search.map(Search::seed).orElse(0L));
    int number = 0;
    for (int draw = 0; draw < search.map(Search::trials).orElse(1); draw++) {
      ObjectNode drawn =
          search.map(each -> each.draw(random)).orElseGet(Json.MAPPER::createObjectNode);
      String text = Json.line(drawn);
      boolean learns = draw >= search.flatMap(Search::startup).orElse(Integer.MAX_VALUE);
      for (int point = 0; point < grid.size() * cases.size(); point++) {
        reader.accept(
            settings(point, drawn),
            search.isPresent()
                ? Optional.of(new Trial(number, point, text, learns))
                : Optional.empty());
        number++;
      }
    }
  }

  /**
   * The settings of a training.
   *
   * @param point number of the combination of the grid and the cases
   * @param drawn the values of the search
   */
  public ObjectNode settings(int point, ObjectNode drawn) {
    ObjectNode training = Json.MAPPER.createObjectNode().put("kind", "train");
    training.setAll(base);
    training.setAll(cases.get(point % cases.size()));
    training.setAll(grid.point(point / cases.size()));
    training.setAll(drawn);
    return training;
  }
}
