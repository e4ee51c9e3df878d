package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;

/**
 * The follow-up jobs of each training: the items of {@code then}, with all combinations of their
 * lists.
 */
final class Followers {

  /** The kinds of experiments that can follow a training, which another training can, too. */
  private static final List<String> KINDS =
      Experiments.all().stream()
          .filter(
              experiment ->
                  experiment.subject().trained() || experiment.name().equals(TrainExperiment.NAME))
          .map(Experiment::name)
          .toList();

  /** No jobs. */
  static final Followers NONE = new Followers(List.of());

  private final List<Item> items;

  private Followers(List<Item> items) {
    this.items = items;
  }

  /** The settings shared by all jobs of an item, and the lists to combine. */
  private record Item(Map<String, JsonNode> single, Grid lists) {}

  /**
   * The jobs that {@code then} describes.
   *
   * @throws InvalidSpec if it is not a list of jobs, or there are too many
   */
  static Followers of(JsonNode then) {
    if (!then.isMissingNode() && !then.isNull() && !then.isArray()) {
      throw new InvalidSpec("then", "then must be a list of jobs to run for each training.");
    }
    List<Item> items = new ArrayList<>();
    int count = 0;
    for (JsonNode each : then) {
      Item item = item(each);
      items.add(item);
      count = SweepSize.checked("then", count + item.lists.size());
    }
    return new Followers(items);
  }

  private static Item item(JsonNode each) {
    if (!each.isObject()) {
      throw new InvalidSpec(
          "then",
          "Each entry of then must be a mapping of settings, but one is %s."
              .formatted(Excerpt.of(each)));
    }
    Reserved.refuse(Reserved.OF_THE_RUN, each, own -> "then");
    if (!KINDS.contains(each.path("kind").asText())) {
      throw new InvalidSpec(
          "then.kind",
          "Each entry of then must have kind %s, but one %s."
              .formatted(
                  String.join(" or ", KINDS),
                  each.has("kind")
                      ? "has kind " + Excerpt.of(each.path("kind").toString())
                      : "has none"));
    }
    if (FollowerRequest.isTraining((ObjectNode) each)) {
      checkTraining(each);
    }
    Map<String, JsonNode> single = new LinkedHashMap<>();
    Map<String, JsonNode> lists = new LinkedHashMap<>();
    each.properties()
        .forEach(
            setting ->
                (setting.getValue().isArray() ? lists : single)
                    .put(setting.getKey(), setting.getValue()));
    single.forEach((name, value) -> SingleValue.check("then." + name, value));
    return new Item(single, Grid.of(lists, "then"));
  }

  /** Refuses another network for a training than that of the training that it follows. */
  private static void checkTraining(JsonNode each) {
    for (String own : FollowerRequest.OF_THE_TRAINING) {
      if (each.has(own)) {
        throw Reserved.placed(
            "then",
            new InvalidSpec(own, "%s is that of the training that it follows.".formatted(own)));
      }
    }
    String fromRun = TrainExperiment.FROM_RUN.name();
    if (each.has(fromRun) && !each.path(fromRun).asText().equals(FollowerRequest.FROM_SCRATCH)) {
      throw Reserved.placed(
          "then",
          new InvalidSpec(
              fromRun,
              "%s is the training that it follows: omit it, or set it to %s for a training from scratch."
                  .formatted(fromRun, FollowerRequest.FROM_SCRATCH)));
    }
  }

  /** Passes the settings of each job, without the run, to a reader. */
  void forEach(Consumer<ObjectNode> reader) {
    for (Item item : items) {
      for (int point = 0; point < item.lists.size(); point++) {
        ObjectNode follower = Json.MAPPER.createObjectNode();
        follower.setAll(item.single);
        follower.setAll(item.lists.point(point));
        reader.accept(follower);
      }
    }
  }
}
