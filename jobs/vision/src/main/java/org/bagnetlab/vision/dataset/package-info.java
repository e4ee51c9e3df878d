/**
 * What a data set is: labelled images, which can be relabelled and loaded as a network's input.
 * Where data sets come from, and how they are split, is in the packages below. Knows no engine.
 */
@NullMarked
package org.bagnetlab.vision.dataset;

import org.jspecify.annotations.NullMarked;
