/** Trains a network and measures it. */
@NullMarked
package org.bagnetlab.experiment.train;

import org.jspecify.annotations.NullMarked;
