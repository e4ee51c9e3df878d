package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.About;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;

/** An experiment that works on a network, trained here or imported. */
public abstract class NetworkExperiment implements Experiment<NetworkSpec> {

  private final About about;
  private final List<Parameter<?>> parameters;
  private final List<Output> outputs;

  /**
   * Describes the experiment.
   *
   * @param name its name in requests and results
   * @param label its display name
   * @param summary what it does, in a sentence
   * @param source the publication that it is based on
   * @param subject requirements on the network
   * @param parameters the parameters that follow those of the network, from {@link
   *     NetworkParameters}
   * @param outputs its results
   */
  protected NetworkExperiment(
      String name,
      String label,
      String summary,
      Source source,
      Subject subject,
      List<Parameter<?>> parameters,
      List<Output> outputs) {
    this.about = new About(name, label, summary, source, subject);
    this.parameters =
        Stream.concat(
                Stream.<Parameter<?>>of(NetworkParameters.RUN, NetworkWeights.parameter(subject)),
                parameters.stream())
            .toList();
    this.outputs = outputs;
  }

  @Override
  public final About about() {
    return about;
  }

  @Override
  public final List<Parameter<?>> parameters() {
    return parameters;
  }

  @Override
  public final List<Output> outputs() {
    return outputs;
  }

  @Override
  public final NetworkSpec specification(Settings settings) {
    return new NetworkSpec(name(), settings);
  }

  /** A job for the network of a run, with the defaults of all other parameters. */
  public final NetworkSpec ofRun(long run) {
    return specification(
        Settings.none().with(NetworkParameters.RUN, Optional.of(run)).completedBy(parameters));
  }

  /** A job for an imported network, with the defaults of all other parameters. */
  public final NetworkSpec ofWeights(ImportedNetwork weights, String dataset) {
    return specification(
        Settings.none()
            .with(NetworkParameters.WEIGHTS, Optional.of(weights))
            .with(NetworkParameters.DATASET, Optional.of(dataset))
            .completedBy(parameters));
  }
}
