package org.bagnetlab.experiment.parameter;

/**
 * Numbers of one kind, by which lists are sorted, and which can be an axis of plots.
 *
 * @param <T> the numbers in Java
 */
public interface NumberType<T extends Number> extends ParameterType<T> {}
