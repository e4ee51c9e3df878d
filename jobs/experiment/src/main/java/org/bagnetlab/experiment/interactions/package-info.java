/** Measures whether the effects of masks on different parts of an image add up. */
@NullMarked
package org.bagnetlab.experiment.interactions;

import org.jspecify.annotations.NullMarked;
