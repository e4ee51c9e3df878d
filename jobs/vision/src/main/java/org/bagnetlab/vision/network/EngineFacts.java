package org.bagnetlab.vision.network;

/**
 * An engine's description of itself.
 *
 * @param engine name and version
 * @param device description of the device
 * @param threads number of compute threads
 * @param fastPath whether the fast kernels were found to be active
 * @param evidence how this was verified, for the log
 */
public record EngineFacts(
    String engine, String device, int threads, boolean fastPath, String evidence) {}
