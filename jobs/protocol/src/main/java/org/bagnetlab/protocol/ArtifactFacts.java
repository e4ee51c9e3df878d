package org.bagnetlab.protocol;

/** Names of the file facts that the server itself evaluates; it only displays the others. */
public final class ArtifactFacts {

  /**
   * The checksum of the data set whose images were read. It distinguishes that data set from others
   * with the same name.
   */
  public static final String DATASET_CHECKSUM = "datasetChecksum";

  /** For a split: the accuracy of a network that always predicts the same class. */
  public static final String CHANCE = "chance";

  private ArtifactFacts() {}
}
