package org.bagnetlab.experiment.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Precision;

/** A snapshot of a catalogue that reads each entry from disk once. Not thread-safe. */
public final class RememberedCatalogue implements Catalogue {

  private final Catalogue catalogue;
  private final List<String> datasets;
  private final List<String> weights;
  private final Map<String, Optional<List<String>>> classes = new HashMap<>();
  private final Map<String, Boolean> learnt = new HashMap<>();
  private final Map<String, Optional<String>> unlearnable = new HashMap<>();
  private final Map<String, Optional<KnownWeights>> known = new HashMap<>();

  /** Reads the names now. */
  public RememberedCatalogue(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.datasets = List.copyOf(catalogue.datasets());
    this.weights = List.copyOf(catalogue.weights());
  }

  @Override
  public List<String> architectures() {
    return catalogue.architectures();
  }

  @Override
  public String label(String architecture) {
    return catalogue.label(architecture);
  }

  @Override
  public String family(String architecture) {
    return catalogue.family(architecture);
  }

  @Override
  public Optional<Integer> localReceptiveField(String architecture) {
    return catalogue.localReceptiveField(architecture);
  }

  @Override
  public List<String> datasets() {
    return datasets;
  }

  @Override
  public List<String> datasetForms() {
    return catalogue.datasetForms();
  }

  @Override
  public Optional<String> datasetProblem(String name) {
    return catalogue.datasetProblem(name);
  }

  @Override
  public Optional<List<String>> classes(String dataset) {
    return classes.computeIfAbsent(dataset, catalogue::classes);
  }

  @Override
  public Optional<String> datasetChecksum(String name) {
    return catalogue.datasetChecksum(name);
  }

  @Override
  public boolean hasTrainingImages(String dataset) {
    return learnt.computeIfAbsent(dataset, catalogue::hasTrainingImages);
  }

  @Override
  public Optional<String> trainingProblem(String dataset) {
    return unlearnable.computeIfAbsent(dataset, catalogue::trainingProblem);
  }

  @Override
  public List<String> weights() {
    return weights;
  }

  @Override
  public Optional<KnownWeights> weights(String name) {
    return known.computeIfAbsent(name, catalogue::weights);
  }

  @Override
  public int smallestImage(String dataset) {
    return catalogue.smallestImage(dataset);
  }

  @Override
  public double smallestWidth() {
    return catalogue.smallestWidth();
  }

  @Override
  public double largestWidth() {
    return catalogue.largestWidth();
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return catalogue.lacks(precision);
  }
}
