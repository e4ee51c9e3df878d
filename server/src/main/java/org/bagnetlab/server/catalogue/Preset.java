package org.bagnetlab.server.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainExperiment;

/**
 * A sweep that comes with the lab.
 *
 * @param name name of the preset, and of the sweep unless another name is given
 * @param description description for users
 * @param definition the sweep as {@link org.bagnetlab.queue.sweep.SweepReader} reads it
 */
public record Preset(String name, String description, JsonNode definition) {

  /** The names of all presets, in the order in which they are listed. */
  public static final List<String> NAMES = resource("presets.txt").lines().toList();

  private static final List<String> OF_THE_SWEEP =
      List.of("priority", "stopAfterFailures", "budget", "again");

  private static final String DATASET = TrainExperiment.DATASET.name();

  private static final YAMLMapper YAML = new YAMLMapper();

  /** The preset with this name. */
  public static Optional<Preset> named(String name) {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /** All presets. */
  public static List<Preset> all() {
    return NAMES.stream().map(Preset::read).toList();
  }

  /**
   * The sweep with some settings overridden for all of its jobs; they replace the same settings of
   * its grid and its cases. The sweep keeps its name unless another is given. If trainings follow
   * its trainings, the data set is theirs: the first ones are pretrained on that of the preset.
   *
   * @param settings the overridden settings by name, for example {@code dataset}
   */
  public JsonNode with(Optional<String> otherName, ObjectNode settings) {
    ObjectNode changed = definition.deepCopy();
    ObjectNode ofJobs = settings.deepCopy();
    for (String ofSweep : OF_THE_SWEEP) {
      JsonNode value = ofJobs.remove(ofSweep);
      if (value != null) {
        changed.set(ofSweep, value);
      }
    }
    otherName.ifPresent(other -> changed.put("name", other));
    List<ObjectNode> trainings = trainingsThen(changed);
    if (!trainings.isEmpty() && ofJobs.has(DATASET)) {
      JsonNode dataset = ofJobs.remove(DATASET);
      trainings.forEach(training -> training.set(DATASET, dataset));
    }
    ((ObjectNode) changed.get("base")).setAll(ofJobs);
    ofJobs
        .fieldNames()
        .forEachRemaining(
            name -> {
              ((ObjectNode) changed.get("grid")).remove(name);
              changed.path("cases").forEach(each -> ((ObjectNode) each).remove(name));
            });
    return changed;
  }

  /** The trainings that follow the trainings of a sweep. */
  private static List<ObjectNode> trainingsThen(ObjectNode sweep) {
    List<ObjectNode> trainings = new ArrayList<>();
    for (JsonNode follower : sweep.path("then")) {
      if (follower.path("kind").asText().equals(TrainExperiment.NAME)) {
        trainings.add((ObjectNode) follower);
      }
    }
    return trainings;
  }

  private static Preset read(String name) {
    String text = resource(name + ".yaml");
    String description = text.lines().findFirst().orElse("").replaceFirst("^# *", "");
    try {
      return new Preset(name, description, YAML.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String file) {
    try (InputStream stream =
        Objects.requireNonNull(Preset.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
