package org.bagnetlab.storage;

import java.util.Map;

/**
 * A training that succeeded, with what it measured.
 *
 * @param job its number
 * @param spec its specification as JSON
 * @param measurements by the name of the set
 */
public record MeasuredRunRow(long job, String spec, Map<String, MeasurementRow> measurements) {}
