package org.bagnetlab.experiment.parameter;

/**
 * Positions on an axis, each measured separately. The result at a position does not depend on which
 * other positions are chosen.
 */
public interface Positions {}
