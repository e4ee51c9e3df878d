/** Training: recipes' schedules, epochs, the choice of the best one. */
@NullMarked
package org.bagnetlab.vision.training;

import org.jspecify.annotations.NullMarked;
