package org.bagnetlab.storage.device;

import java.time.Instant;
import java.util.Optional;

/**
 * A reading of a GPU. Values that it did not report are empty.
 *
 * @param gpu its UUID
 * @param at time of the reading
 * @param utilisation percent
 * @param temperature °C
 * @param memoryUsed bytes used by all programs
 * @param watts power draw
 */
public record GpuReadingRow(
    String gpu,
    Instant at,
    Optional<Long> utilisation,
    Optional<Long> temperature,
    Optional<Long> memoryUsed,
    Optional<Double> watts) {}
