package org.bagnetlab.queue.device.nvidia;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a GPU is doing at a moment. Whatever it does not tell is empty, never zero.
 *
 * @param memoryUsed bytes that programs have, whosever they are
 * @param memoryFree bytes. Newer drivers reserve some, so that used and free are less than all.
 * @param utilisation percent of the last moments in which something was computed
 * @param temperature °C
 * @param fault what nvidia-smi answers instead of a number when the GPU is broken: {@code GPU
 *     requires reset}. Memory may look free all the same.
 */
public record GpuReading(
    OptionalLong memoryUsed,
    OptionalLong memoryFree,
    OptionalInt utilisation,
    OptionalInt temperature,
    Optional<String> fault) {}
