package org.bagnetlab.server.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsStore;

/** The available networks, data sets and weights. */
public final class VisionCatalogue implements Catalogue {

  private static final int SMALLEST_IMAGE = 40;

  private final DatasetStore datasets;
  private final WeightsStore weights;
  private final Function<Precision, Optional<String>> lacks;

  /**
   * Receptive fields by architecture. They are cached because each job of a sweep needs one, and
   * computing it builds the whole network.
   */
  private final Map<String, Optional<Integer>> localReceptiveFields = new ConcurrentHashMap<>();

  /** A catalogue with the data sets and weights of these stores, for any device. */
  public VisionCatalogue(DatasetStore datasets, WeightsStore weights) {
    this(datasets, weights, precision -> Optional.empty());
  }

  /**
   * A catalogue for jobs on certain devices.
   *
   * @param lacks the reason why these devices cannot compute in a precision; empty if they can
   */
  public VisionCatalogue(
      DatasetStore datasets, WeightsStore weights, Function<Precision, Optional<String>> lacks) {
    this.datasets = datasets;
    this.weights = weights;
    this.lacks = lacks;
  }

  @Override
  public List<String> architectures() {
    return Architectures.all().stream().map(Blueprint::name).toList();
  }

  @Override
  public String label(String architecture) {
    return Architectures.named(architecture).label();
  }

  @Override
  public String family(String architecture) {
    return Architectures.named(architecture).family().label();
  }

  @Override
  public Optional<Integer> localReceptiveField(String architecture) {
    return Architectures.find(architecture)
        .flatMap(
            known ->
                localReceptiveFields.computeIfAbsent(
                    known.name(), name -> known.localReceptiveField()));
  }

  @Override
  public List<String> datasets() {
    try {
      return datasets.list().datasets().stream().map(DatasetFacts::name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the data sets", e);
    }
  }

  @Override
  public List<String> datasetForms() {
    return BuiltInDatasets.forms();
  }

  @Override
  public Optional<String> datasetProblem(String name) {
    try {
      return datasets.facts(name).isPresent() ? Optional.empty() : BuiltInDatasets.problem(name);
    } catch (DamagedException e) {
      return Optional.of(e.damaged().problem());
    }
  }

  @Override
  public Optional<List<String>> classes(String dataset) {
    return usable(dataset).map(DatasetFacts::classes);
  }

  @Override
  public Optional<String> datasetChecksum(String name) {
    return usable(name).map(DatasetFacts::checksum);
  }

  private Optional<DatasetFacts> usable(String dataset) {
    try {
      return datasets.facts(dataset);
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean hasTrainingImages(String dataset) {
    return usable(dataset).map(DatasetFacts::train).orElse(0) > 0;
  }

  @Override
  public Optional<String> trainingProblem(String dataset) {
    return usable(dataset).flatMap(DatasetFacts::trainingProblem);
  }

  @Override
  public List<String> weights() {
    try {
      return weights.list().weights().stream().map(WeightsFacts::name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the weights", e);
    }
  }

  @Override
  public Optional<KnownWeights> weights(String name) {
    try {
      return weights.find(name).map(VisionCatalogue::known);
    } catch (DamagedException e) {
      throw new InvalidSpec("weights", e.damaged().problem());
    }
  }

  private static KnownWeights known(WeightsFacts facts) {
    return new KnownWeights(
        facts.architecture(), facts.width(), facts.classes(), facts.checksum(), facts.regime());
  }

  @Override
  public int smallestImage(String dataset) {
    return BuiltInDatasets.find(dataset)
        .map(builtIn -> Math.max(SMALLEST_IMAGE, builtIn.smallestImage()))
        .orElse(SMALLEST_IMAGE);
  }

  @Override
  public double smallestWidth() {
    return WidthFactor.SMALLEST;
  }

  @Override
  public double largestWidth() {
    return WidthFactor.LARGEST;
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return lacks.apply(precision);
  }
}
