/** Measures a trained network on images whose tiles are rearranged. */
@NullMarked
package org.bagnetlab.experiment.scramble;

import org.jspecify.annotations.NullMarked;
