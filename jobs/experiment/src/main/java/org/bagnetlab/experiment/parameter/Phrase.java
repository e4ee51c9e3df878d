package org.bagnetlab.experiment.parameter;

import java.util.function.Function;

/**
 * How titles and captions show the value of a parameter.
 *
 * @param always whether they show it even if it is the default
 * @param words text for a value, for example {@code 64 px}
 */
public record Phrase<T>(boolean always, Function<T, String> words) {}
