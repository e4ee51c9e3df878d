package org.bagnetlab.queue.device.nvidia;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A reading of a GPU. Values that it does not report are empty, never zero.
 *
 * @param memoryUsed bytes used by all programs
 * @param memoryFree bytes. Newer drivers reserve some, so that used and free are less than all.
 * @param utilisation recent utilisation in percent
 * @param temperature °C
 * @param fault what nvidia-smi reports instead of a number when the GPU has failed: {@code GPU
 *     requires reset}. Memory may appear free nevertheless.
 */
public record GpuReading(
    OptionalLong memoryUsed,
    OptionalLong memoryFree,
    OptionalInt utilisation,
    OptionalInt temperature,
    Optional<String> fault) {}
