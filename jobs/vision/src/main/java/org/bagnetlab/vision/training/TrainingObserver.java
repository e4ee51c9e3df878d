package org.bagnetlab.vision.training;

import java.io.IOException;

/** Hears how a training goes, and may end it. */
public interface TrainingObserver {

  /**
   * Called when no step is pending, so not before every batch: the network and this state can be
   * saved to resume from.
   */
  void betweenBatches(TrainingState state) throws IOException;

  /**
   * One or more batches of an epoch (from 1) were learnt.
   *
   * @param done batches of the epoch
   * @param total all batches of the epoch
   * @param images learnt since the last call
   */
  void batchesEnded(int epoch, int done, int total, int images);

  /** Some images were validated. */
  void validated(int epoch, int done, int total);

  /** An epoch ended. If it is the best so far, the network's weights are those to keep. */
  void epochEnded(EpochSummary summary) throws IOException;

  /** No more epochs follow, be it that all are trained or that the schedule ended it. */
  void trainingEnded();

  /** Whether to stop, asked between batches and in the middle of a validation. */
  boolean stopRequested();
}
