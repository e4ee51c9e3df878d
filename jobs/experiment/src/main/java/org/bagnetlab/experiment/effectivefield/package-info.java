/** The effective receptive field of a trained network. */
@NullMarked
package org.bagnetlab.experiment.effectivefield;

import org.jspecify.annotations.NullMarked;
