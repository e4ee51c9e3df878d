package org.bagnetlab.experiment.catalogue;

import java.util.List;
import java.util.Optional;

/** Lists the networks, data sets and weights that a job may name. */
public interface Catalogue {

  /** Names of the networks that can be trained, in the order shown to users. */
  List<String> architectures();

  /** The name of a network shown to users. */
  String label(String architecture);

  /** The heading for a network in lists. */
  String family(String architecture);

  /**
   * Side in pixels of the patches whose evidence a network adds up; empty if it works differently.
   */
  Optional<Integer> localReceptiveField(String architecture);

  /** Whether a network adds up the evidence of local patches, so that a heatmap explains it. */
  default boolean explainable(String architecture) {
    return localReceptiveField(architecture).isPresent();
  }

  /** Names of the data sets that can be used. May read the disk. */
  List<String> datasets();

  /** Why an existing data set cannot be used. May read the disk. */
  Optional<String> datasetProblem(String name);

  /**
   * The names of a data set's classes, in the order of their indices; empty if the data set does
   * not exist or cannot be used. May read the disk.
   */
  Optional<List<String>> classes(String dataset);

  /**
   * The checksum of a data set's images, which distinguishes it from earlier ones with the same
   * name; empty if the data set does not exist or cannot be used. May read the disk.
   */
  Optional<String> datasetChecksum(String name);

  /** Whether a data set has training images, not only test images. May read the disk. */
  boolean hasTrainingImages(String dataset);

  /**
   * Why a data set with training images cannot be used for training, as a sentence. May read the
   * disk.
   */
  Optional<String> trainingProblem(String dataset);

  /** Names of the weights that can be used. May read the disk. */
  List<String> weights();

  /**
   * The imported weights with this name. May read the disk.
   *
   * @throws InvalidSpec if they exist but cannot be used
   */
  Optional<KnownWeights> weights(String name);

  /** The smallest side in pixels that the images of a data set can have. */
  int smallestImage(String dataset);

  /** The smallest factor on the channel counts of a network. */
  double smallestWidth();

  /** The largest factor on the channel counts of a network. */
  double largestWidth();

  /**
   * Why jobs can compute only in float32, as a sentence; empty if other precisions are possible.
   */
  Optional<String> onlyFp32();
}
