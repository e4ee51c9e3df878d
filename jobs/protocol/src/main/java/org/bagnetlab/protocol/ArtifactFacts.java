package org.bagnetlab.protocol;

/** Names of facts about files that the server uses, rather than only displays. */
public final class ArtifactFacts {

  /**
   * The checksum of the data set whose images were read, which distinguishes them from those of
   * another with the same name.
   */
  public static final String DATASET_CHECKSUM = "datasetChecksum";

  /** Of a split: the accuracy of a network that always predicts the same class. */
  public static final String CHANCE = "chance";

  private ArtifactFacts() {}
}
