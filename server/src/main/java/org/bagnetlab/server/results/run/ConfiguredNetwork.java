package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * A network and how it was trained: the first columns of many views.
 *
 * @param architecture name of the architecture
 * @param label display name
 * @param receptiveField side length in pixels; empty if it is the whole image
 * @param settings settings of its training
 */
public record ConfiguredNetwork(
    String architecture,
    String label,
    Optional<Integer> receptiveField,
    @JsonUnwrapped RowSettings settings) {

  /** The network of trainings that differ in the seed. */
  public static ConfiguredNetwork of(Configuration trainings, Networks networks) {
    TrainSpec spec = trainings.spec();
    return new ConfiguredNetwork(
        spec.architecture(),
        networks.label(spec.architecture()),
        networks.receptiveField(spec.architecture(), spec.imageSize()),
        trainings.settings());
  }

  /** The distinct data sets of networks. */
  public static List<MeasuredOn> datasets(
      Stream<ConfiguredNetwork> networks, Function<String, MeasuredOn> measuredOn) {
    return networks.map(each -> each.settings().dataset()).distinct().map(measuredOn).toList();
  }

  /** This network without the value of a parameter. */
  public ConfiguredNetwork without(Parameter<?> parameter) {
    return new ConfiguredNetwork(architecture, label, receptiveField, settings.without(parameter));
  }
}
