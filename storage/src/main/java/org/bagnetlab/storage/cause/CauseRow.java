package org.bagnetlab.storage.cause;

/**
 * Why something happened, as it is stored.
 *
 * @param code a stable name
 * @param arguments what its sentence names, as a JSON object
 */
public record CauseRow(String code, String arguments) {}
