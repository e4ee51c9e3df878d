package org.bagnetlab.vision.training;

import java.io.IOException;

/** Receives the progress of a training, and may stop it. */
public interface TrainingObserver {

  /**
   * Called when no step is pending, which is not the case before every batch. The network and this
   * state can be saved to resume the training later.
   */
  void betweenBatches(TrainingState state) throws IOException;

  /**
   * Called after one or more batches of an epoch, which is counted from 1.
   *
   * @param done number of completed batches of the epoch
   * @param total number of all batches of the epoch
   * @param images number of training images processed since the last call
   */
  void batchesEnded(int epoch, int done, int total, int images);

  /** Called after a batch of images was validated. */
  void validated(int epoch, int done, int total);

  /**
   * Called at the end of an epoch. If the epoch is the best so far, the network's weights should be
   * kept.
   */
  void epochEnded(EpochSummary summary) throws IOException;

  /**
   * Called when no more epochs follow, either after all epochs or because the schedule ended the
   * training.
   */
  void trainingEnded();

  /** Whether the training should stop. Called between batches and during a validation. */
  boolean stopRequested();
}
