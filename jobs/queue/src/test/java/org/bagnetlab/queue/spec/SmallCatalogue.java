package org.bagnetlab.queue.spec;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.protocol.Precision;

/**
 * Three networks, two data sets, one of test images only and a damaged one, and weights of one of
 * the networks.
 */
public final class SmallCatalogue implements Catalogue {

  private final Optional<String> lacking;

  /** For devices of any kind. */
  public SmallCatalogue() {
    this(Optional.empty());
  }

  /** For devices that compute in float32 only, for this reason. */
  SmallCatalogue(Optional<String> lacking) {
    this.lacking = lacking;
  }

  /** Of all its data sets, as they are first. */
  public static final String CHECKSUM = "da7a";

  private volatile boolean weightsRemoved;
  private volatile String checksum = CHECKSUM;

  /** Knows no weights any more. */
  public void removeWeights() {
    weightsRemoved = true;
  }

  /** Has other images in its data sets. */
  public void replaceDatasets() {
    checksum = "0ther";
  }

  @Override
  public Optional<String> datasetChecksum(String name) {
    return classes(name).map(known -> checksum);
  }

  @Override
  public List<String> architectures() {
    return List.of("resnet50", "bagnet33", "bagnet65");
  }

  @Override
  public String label(String architecture) {
    return architecture.replace("bagnet", "BagNet-").replace("resnet", "ResNet-");
  }

  @Override
  public String family(String architecture) {
    return "The report's networks";
  }

  @Override
  public Optional<Integer> localReceptiveField(String architecture) {
    return switch (architecture) {
      case "bagnet33" -> Optional.of(33);
      case "bagnet65" -> Optional.of(65);
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> datasets() {
    return List.of("controlled-15", "scene15", "hidden");
  }

  @Override
  public List<String> datasetForms() {
    return List.of("controlled-N");
  }

  @Override
  public Optional<String> datasetProblem(String name) {
    return name.equals("damaged")
        ? Optional.of("The data set 'damaged' is damaged.")
        : Optional.empty();
  }

  @Override
  public Optional<List<String>> classes(String dataset) {
    return switch (dataset) {
      case "controlled-15", "controlled-15-cue-conflict" ->
          Optional.of(List.of("black", "red", "white"));
      case "scene15", "hidden" -> Optional.of(List.of("Bedroom", "Suburb"));
      default -> Optional.empty();
    };
  }

  @Override
  public boolean hasTrainingImages(String dataset) {
    return !dataset.equals("hidden");
  }

  @Override
  public Optional<String> trainingProblem(String dataset) {
    return Optional.empty();
  }

  @Override
  public List<String> weights() {
    return List.of("imagenet");
  }

  @Override
  public Optional<KnownWeights> weights(String name) {
    return name.equals("imagenet") && !weightsRemoved
        ? Optional.of(new KnownWeights("bagnet33", 0.5, 2, "abc", "pretrained"))
        : Optional.empty();
  }

  @Override
  public int smallestImage(String dataset) {
    return dataset.equals("controlled-15") ? 64 : 40;
  }

  @Override
  public double smallestWidth() {
    return 0.01;
  }

  @Override
  public double largestWidth() {
    return 4;
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return precision == Precision.FP32 ? Optional.empty() : lacking;
  }
}
