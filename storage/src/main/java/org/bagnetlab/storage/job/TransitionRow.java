package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;

/**
 * A change of a job's state.
 *
 * @param at when
 * @param from the state before; empty: the job was new
 * @param to the state after
 * @param cause why
 */
public record TransitionRow(Instant at, Optional<String> from, String to, CauseRow cause) {}
