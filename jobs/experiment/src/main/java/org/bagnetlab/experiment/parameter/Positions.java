package org.bagnetlab.experiment.parameter;

/**
 * Positions on an axis, each measured separately. The choice of other positions changes no number.
 */
public interface Positions {}
