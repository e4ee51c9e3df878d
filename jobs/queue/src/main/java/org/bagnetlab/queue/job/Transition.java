package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a job's state, or information added during a state.
 *
 * @param at time of the change
 * @param from the previous state; empty if the job was new
 * @param to the new state
 * @param cause reason for the change
 */
public record Transition(Instant at, Optional<JobState.Name> from, JobState.Name to, Cause cause) {}
