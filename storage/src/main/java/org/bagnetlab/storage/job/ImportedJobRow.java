package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that succeeded in another lab, to be stored.
 *
 * @param id a reserved ID
 * @param kind what it did
 * @param spec its specification as JSON
 * @param title for users
 * @param dataset its data set, for queries
 * @param weights the imported weights that it started from, for queries
 * @param subject the job here whose network it analysed or started from, for queries
 * @param state name of its state
 * @param createdAt when it was submitted
 * @param startedAt when its worker started
 * @param endedAt when it ended
 * @param worker facts about the process that ran it, as JSON
 * @param code digest of the code that computed it
 * @param originLab identity of the lab that ran it
 * @param originJob its ID there
 */
public record ImportedJobRow(
    long id,
    String kind,
    String spec,
    String title,
    Optional<String> dataset,
    Optional<String> weights,
    Optional<Long> subject,
    String state,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    Optional<String> worker,
    Optional<String> code,
    String originLab,
    long originJob) {}
