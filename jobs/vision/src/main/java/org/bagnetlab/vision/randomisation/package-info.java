/** Randomisation of weights, and how it changes the explanations of a network. */
@NullMarked
package org.bagnetlab.vision.randomisation;

import org.jspecify.annotations.NullMarked;
