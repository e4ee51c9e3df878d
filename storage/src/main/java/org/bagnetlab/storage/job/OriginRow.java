package org.bagnetlab.storage.job;

import org.jdbi.v3.core.mapper.PropagateNull;

/**
 * The lab that ran an imported job.
 *
 * @param lab identity of its data directory
 * @param job the job's ID there
 */
public record OriginRow(@PropagateNull String lab, long job) {}
