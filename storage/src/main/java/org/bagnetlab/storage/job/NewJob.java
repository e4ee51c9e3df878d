package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job to be stored.
 *
 * @param kind what it does
 * @param spec its specification as JSON
 * @param title for users
 * @param sweep the sweep it belongs to
 * @param dataset its data set, for queries
 * @param weights the imported weights that it needs, for queries
 * @param subject the job whose network it analyses or, as a training, starts from, for queries
 * @param priority jobs with a higher one run first
 * @param held whether its sweep is held
 * @param waitsFor the job whose result it needs
 * @param lastEpoch the epoch after which it pauses
 * @param interactive whether it runs in the lane of interactive jobs
 * @param createdAt when it was submitted
 * @param state name of its first state
 */
public record NewJob(
    String kind,
    String spec,
    String title,
    Optional<String> sweep,
    Optional<String> dataset,
    Optional<String> weights,
    Optional<Long> subject,
    int priority,
    boolean held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    boolean interactive,
    Instant createdAt,
    String state) {

  /** A queued job without relations to others, which is not interactive and runs to its end. */
  public static NewJob of(String kind, String spec, String title, Instant createdAt) {
    Optional<String> none = Optional.empty();
    return new NewJob(
        kind,
        spec,
        title,
        none,
        none,
        none,
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        createdAt,
        "QUEUED");
  }
}
