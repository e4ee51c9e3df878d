package org.bagnetlab.queue.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.catalogue.RememberedCatalogue;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Reading;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;

/**
 * Parses a request into a complete specification: missing fields get defaults, invalid or unknown
 * fields are rejected by name. Whether the job's run exists is checked when the job is queued.
 */
public final class JobSpecReader {

  /** Maximum absolute priority of jobs and sweeps. */
  public static final int LARGEST_PRIORITY = 1000;

  private static final String KIND = "kind";
  private static final String SWEEP = "sweep";
  private static final String PRIORITY = "priority";

  /** The field that requests that a job runs in parallel to the queue. */
  public static final String INTERACTIVE = "interactive";

  /** Fields of every request, besides the parameters of its experiment. */
  private static final List<String> OF_EVERY_JOB = List.of(KIND, SWEEP, PRIORITY, INTERACTIVE);

  private final Catalogue catalogue;

  /** A reader that knows these networks and data sets. */
  public JobSpecReader(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A reader for many jobs. It reads each entry of the catalogue from disk only once. */
  public JobSpecReader forMany() {
    return new JobSpecReader(new RememberedCatalogue(catalogue));
  }

  /**
   * The job that a JSON object requests.
   *
   * @throws InvalidSpec if a field is wrong
   */
  public JobRequest read(JsonNode object) {
    if (!object.isObject()) {
      throw new InvalidSpec(KIND, "A job must be a JSON object.");
    }
    String kind = Fields.oneOf(KIND, object.path(KIND).asText(), Experiments.names());
    return read(Experiments.find(kind).orElseThrow(), object);
  }

  /**
   * The job of an experiment that a JSON object requests.
   *
   * @throws InvalidSpec if a field is wrong
   */
  public JobRequest read(Experiment<?> experiment, JsonNode object) {
    return read(experiment, Fields.of(object));
  }

  private JobRequest read(Experiment<?> experiment, Fields fields) {
    JobSpec spec =
        experiment.specification(
            Settings.of(
                experiment.parameters(),
                Reading.of(known(experiment, fields), experiment.parameters(), catalogue)
                    .complete()));
    boolean interactive = interactive(experiment, fields);
    return new JobRequest(
        spec,
        experiment.titleOf(spec, catalogue),
        fields.text(SWEEP).map(name -> SweepName.checked(SWEEP, name)),
        fields.integer(PRIORITY, -LARGEST_PRIORITY, LARGEST_PRIORITY).orElse(0),
        Optional.empty(),
        interactive,
        Optional.empty());
  }

  /** Whether a job runs in parallel to the queue; such a job has no sweep and no priority. */
  private static boolean interactive(Experiment<?> experiment, Fields fields) {
    if (!fields.bool(INTERACTIVE)) {
      return false;
    }
    if (!experiment.interactive()) {
      throw new InvalidSpec(
          INTERACTIVE,
          "Jobs of kind %s cannot be interactive, only %s: queue the job normally."
              .formatted(
                  experiment.name(),
                  Fields.listed(
                      Experiments.all().stream()
                          .filter(Experiment::interactive)
                          .map(Experiment::name)
                          .toList())));
    }
    for (String other : List.of(SWEEP, PRIORITY)) {
      if (fields.values().containsKey(other)) {
        throw new InvalidSpec(other, "An interactive job has no %s.".formatted(other));
      }
    }
    return true;
  }

  /**
   * A request being checked.
   *
   * @param values values of the valid parameters including defaults, in the form of a request
   * @param settings the same values; a parameter without one has no value
   * @param problems errors in the request
   */
  public record Draft(ObjectNode values, Settings settings, List<InvalidSpec> problems) {}

  /** Checks an incomplete request. */
  public Draft draft(Experiment<?> experiment, JsonNode object) {
    List<InvalidSpec> problems = new ArrayList<>();
    Fields fields = Fields.of(object);
    try {
      var _ = known(experiment, fields);
    } catch (InvalidSpec unknown) {
      problems.add(unknown);
    }
    Reading reading = Reading.of(fields, experiment.parameters(), catalogue);
    problems.addAll(reading.problems());
    ObjectNode values = Json.MAPPER.createObjectNode();
    experiment.parameters().forEach(parameter -> put(values, parameter, reading));
    return new Draft(values, Settings.of(experiment.parameters(), reading.values()), problems);
  }

  /** All errors in a request for a known experiment. */
  public List<InvalidSpec> problems(JsonNode object) {
    return Experiments.find(object.path(KIND).asText())
        .map(experiment -> draft(experiment, object).problems())
        .orElse(List.of());
  }

  /** Whether a training's network meets the requirements of a requested job. */
  public boolean suits(JsonNode request, JobSpec training) {
    return training instanceof TrainSpec train
        && Experiments.find(request.path(KIND).asText())
            .orElseThrow()
            .subject()
            .unmet(catalogue, train.architecture())
            .isEmpty();
  }

  private static <T> void put(ObjectNode values, Parameter<T> parameter, Reading reading) {
    reading
        .values()
        .find(parameter)
        .ifPresent(value -> values.set(parameter.name(), parameter.type().request(value)));
  }

  private static Fields known(Experiment<?> experiment, Fields fields) {
    Set<String> known = new HashSet<>(OF_EVERY_JOB);
    experiment.parameters().stream().map(Parameter::name).forEach(known::add);
    return fields.only("a job of kind " + experiment.name(), known);
  }
}
