package org.bagnetlab.experiment.parameter;

import java.util.function.Function;

/**
 * How titles and captions say the value of a parameter.
 *
 * @param always whether they say it although it is the default
 * @param words of a value, for example {@code 64 px}
 */
public record Phrase<T>(boolean always, Function<T, String> words) {}
