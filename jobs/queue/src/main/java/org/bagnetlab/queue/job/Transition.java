package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a job's state, or information added during a state.
 *
 * @param at when
 * @param from the state before; empty: the job was new
 * @param to the state after
 * @param cause why
 */
public record Transition(Instant at, Optional<JobState.Name> from, JobState.Name to, Cause cause) {}
