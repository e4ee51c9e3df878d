package org.bagnetlab.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a waiting job runs, if the queue stays as it is.
 *
 * @param position its place in the order of the queued jobs, from 1; empty unless it is queued
 * @param start when it starts; empty if not known
 * @param end when it ends; empty if not known
 * @param behind the job of unknown duration before it, where its start is not known for that
 */
public record QueuePlace(
    OptionalInt position, Optional<Instant> start, Optional<Instant> end, Optional<Long> behind) {}
