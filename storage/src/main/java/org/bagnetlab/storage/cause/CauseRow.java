package org.bagnetlab.storage.cause;

import org.jdbi.v3.core.mapper.PropagateNull;

/**
 * The stored form of a cause.
 *
 * @param code a stable name
 * @param arguments values in its text, as a JSON object
 */
public record CauseRow(@PropagateNull String code, String arguments) {}
