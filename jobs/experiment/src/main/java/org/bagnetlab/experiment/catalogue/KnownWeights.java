package org.bagnetlab.experiment.catalogue;

/**
 * What a job must know of weights that it starts from.
 *
 * @param architecture the network that they are of
 * @param width its factor on the channel counts
 * @param checksum of the imported file
 * @param regime how they came about
 */
public record KnownWeights(String architecture, double width, String checksum, String regime) {}
