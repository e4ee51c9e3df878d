package org.bagnetlab.protocol;

import java.util.Optional;

/**
 * What computed a result: the program, its libraries and the machine. Of jobs of earlier versions,
 * only the engine and the version are known.
 *
 * @param java version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param gpuDriver version of NVIDIA's driver; empty on machines without it
 */
public record Provenance(
    Code code,
    RunningEngine engine,
    Optional<String> java,
    Optional<String> os,
    Optional<Cpu> cpu,
    Optional<String> gpuDriver) {}
