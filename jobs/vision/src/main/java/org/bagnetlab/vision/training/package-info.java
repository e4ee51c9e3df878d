/** Training: schedules of recipes, epochs, and the choice of the best epoch. */
@NullMarked
package org.bagnetlab.vision.training;

import org.jspecify.annotations.NullMarked;
