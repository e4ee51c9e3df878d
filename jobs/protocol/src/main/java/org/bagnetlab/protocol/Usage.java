package org.bagnetlab.protocol;

import java.util.Optional;

/**
 * What a worker process has used since it started, including the time before its job.
 *
 * @param processorSeconds processor time of all its threads
 * @param peakMemory peak of its heap and native memory in bytes; empty if the system does not tell
 * @param peakDeviceMemory peak in bytes of what its engine allocated on a GPU; empty if the engine
 *     uses the machine's memory or does not know
 */
public record Usage(
    double processorSeconds, Optional<Long> peakMemory, Optional<Long> peakDeviceMemory) {}
