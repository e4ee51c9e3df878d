package org.bagnetlab.experiment.parameter;

/**
 * Positions on an axis, of which an experiment measures each. Which others it measures changes no
 * number.
 */
public interface Positions {}
