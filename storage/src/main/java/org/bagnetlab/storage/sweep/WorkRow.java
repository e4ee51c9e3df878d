package org.bagnetlab.storage.sweep;

import java.time.Instant;

/**
 * How long a job ran, without the time between its workers.
 *
 * @param seconds the duration of its workers that ended
 * @param since when the first of them started
 * @param until when the last of them ended
 */
public record WorkRow(long job, double seconds, Instant since, Instant until) {}
