package org.bagnetlab.storage.cause;

/**
 * The stored form of a cause.
 *
 * @param code a stable name
 * @param arguments values in its text, as a JSON object
 */
public record CauseRow(String code, String arguments) {}
