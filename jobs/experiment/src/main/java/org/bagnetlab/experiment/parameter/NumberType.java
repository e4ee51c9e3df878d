package org.bagnetlab.experiment.parameter;

/**
 * Numbers of one kind, which lists sort by size and plots have an axis for.
 *
 * @param <T> the numbers in Java
 */
public interface NumberType<T extends Number> extends ParameterType<T> {}
