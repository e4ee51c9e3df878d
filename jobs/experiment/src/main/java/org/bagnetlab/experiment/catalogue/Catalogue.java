package org.bagnetlab.experiment.catalogue;

import java.util.List;
import java.util.Optional;

/** Knows the networks, data sets and weights that a job may name. */
public interface Catalogue {

  /** Names of the networks that can be trained, in the order in which people list them. */
  List<String> architectures();

  /** The name of a network as people write it. */
  String label(String architecture);

  /** The heading under which people find a network in a list. */
  String family(String architecture);

  /**
   * Side in pixels of the patches whose evidence a network adds up; empty: it does something else.
   */
  Optional<Integer> localReceptiveField(String architecture);

  /** Whether a network adds up the evidence of local patches, so that a heatmap explains it. */
  default boolean explainable(String architecture) {
    return localReceptiveField(architecture).isPresent();
  }

  /** Names of the data sets that can be used. May read the disk. */
  List<String> datasets();

  /** What is wrong with a data set that is there but cannot be used. May read the disk. */
  Optional<String> datasetProblem(String name);

  /**
   * The names of a data set's classes, in the order of their numbers; empty: it is not there, or
   * cannot be used. May read the disk.
   */
  Optional<List<String>> classes(String dataset);

  /**
   * The checksum over a data set's images, which distinguishes it from others that had its name;
   * empty: it is not there, or cannot be used. May read the disk.
   */
  Optional<String> datasetChecksum(String name);

  /** Whether a data set has images to learn from, not only test images. May read the disk. */
  boolean hasTrainingImages(String dataset);

  /**
   * Why no training can use a data set that has images to learn from, as a sentence. May read the
   * disk.
   */
  Optional<String> trainingProblem(String dataset);

  /** Names of the weights that can be used. May read the disk. */
  List<String> weights();

  /**
   * The imported weights of this name. May read the disk.
   *
   * @throws InvalidSpec if they are there but cannot be used
   */
  Optional<KnownWeights> weights(String name);

  /** The smallest side in pixels that the images of a data set can have. */
  int smallestImage(String dataset);

  /** The smallest factor on the channel counts of a network. */
  double smallestWidth();

  /** The largest factor on the channel counts of a network. */
  double largestWidth();

  /** Why jobs can compute in float32 only, as a sentence; empty: other precisions are possible. */
  Optional<String> onlyFp32();
}
