package org.bagnetlab.storage;

import java.util.Map;
import java.util.Optional;

/**
 * A training that succeeded, with what it measured.
 *
 * @param job its number
 * @param spec its specification as JSON
 * @param splitFacts what its worker told of the images that it used, as JSON; empty if nothing
 * @param measurements by the name of the set
 */
public record MeasuredRunRow(
    long job, String spec, Optional<String> splitFacts, Map<String, MeasurementRow> measurements) {}
