package org.bagnetlab.server.results.missing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;

/**
 * The trainings of a setting, from which those of further networks and seeds follow.
 *
 * @param configurations its networks; at least one
 */
public record SettingTrainings(List<Configuration> configurations) {

  /**
   * A network in the setting.
   *
   * @param runs its runs by seed
   * @param request a request of its training, without a seed
   */
  public record Network(SortedMap<Long, Long> runs, ObjectNode request) {

    MissingJob training(long seed, List<ObjectNode> then) {
      return new MissingJob(request.deepCopy().put(TrainExperiment.SEED.name(), seed), then);
    }

    /** The same network trained with another value of a parameter, with none of its runs. */
    public <T> Network with(Parameter<T> parameter, T value) {
      ObjectNode changed = request.deepCopy();
      changed.set(parameter.name(), parameter.type().request(value));
      return new Network(new TreeMap<>(), changed);
    }

    /** The same network trained without a value of a parameter. */
    public Network without(Parameter<?> parameter) {
      ObjectNode changed = request.deepCopy();
      changed.remove(parameter.name());
      return new Network(runs, changed);
    }
  }

  /**
   * A network of this architecture. Empty if its trainings start from another network, which is
   * different for each seed and architecture.
   */
  public Optional<Network> network(String architecture) {
    Optional<Configuration> trained =
        configurations.stream()
            .filter(each -> each.spec().architecture().equals(architecture))
            .findFirst();
    TrainSpec typical = trained.orElse(configurations.getFirst()).spec();
    if (typical.fromRun().isPresent() || (trained.isEmpty() && typical.weights().isPresent())) {
      return Optional.empty();
    }
    ObjectNode request = request(typical);
    SortedMap<Long, Long> runs = new TreeMap<>();
    trained.ifPresent(
        configuration ->
            configuration.runs().forEach(run -> runs.put(run.spec().seed(), run.job())));
    if (trained.isEmpty()) {
      request.put(TrainExperiment.ARCHITECTURE.name(), architecture);
      // Networks differ in which rate suits them: the recipe's is a better guess than another's.
      request.remove(TrainExperiment.LEARNING_RATE.name());
    }
    return Optional.of(new Network(runs, request));
  }

  /**
   * A request of a training with these settings, without its seed and those that change nothing.
   */
  private static ObjectNode request(TrainSpec spec) {
    ObjectNode request = MissingJob.request(TrainExperiment.NAME);
    Settings identifying = spec.settings().identifying();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      identifying.request(parameter).ifPresent(value -> request.set(parameter.name(), value));
    }
    return request;
  }
}
