package org.bagnetlab.experiment;

/**
 * What users read about an experiment or a statistic.
 *
 * @param name in requests and results
 * @param label its name for users
 * @param summary what it does, in a sentence
 * @param source its scientific source
 * @param subject the network or images that it is about
 */
public record About(String name, String label, String summary, Source source, Subject subject) {}
