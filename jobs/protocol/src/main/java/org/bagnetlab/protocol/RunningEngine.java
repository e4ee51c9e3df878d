package org.bagnetlab.protocol;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The engine of a worker, as it runs on its device.
 *
 * @param name name and version
 * @param libraries versions of the native libraries on the worker's class path, by name
 * @param device description of the device
 * @param threads number of compute threads
 * @param fastPath whether the engine's fast kernels were verified to be active
 * @param kernels the kernels, precision and algorithms that it uses, in words; empty if unknown
 */
public record RunningEngine(
    String name,
    SortedMap<String, String> libraries,
    String device,
    int threads,
    boolean fastPath,
    Optional<String> kernels) {}
