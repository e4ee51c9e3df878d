package org.bagnetlab.vision.network;

/**
 * What an engine says of itself.
 *
 * @param engine name and version
 * @param device what computes, in words
 * @param threads threads that compute
 * @param fastPath whether the fast kernels were seen to be active
 * @param evidence how that was seen, for the log
 */
public record EngineFacts(
    String engine, String device, int threads, boolean fastPath, String evidence) {}
