package org.bagnetlab.experiment;

/**
 * The description of an experiment or a statistic for users.
 *
 * @param name its name in requests and results
 * @param label its display name
 * @param summary what it does, in a sentence
 * @param source the publication that it is based on
 * @param subject the network, images or predictions that it works on
 */
public record About(String name, String label, String summary, Source source, Subject subject) {}
